"""`helm template CHART [--values FILE]…`, as Helm prints it."""
import re
import sys

import helm_python as helm


def over(below, above):
    """Values laid over others, map by map."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {key: over(below.get(key), value) for key, value in above.items()}


command, chart, *rest = sys.argv[1:]
if command != "template" or rest[::2] != ["--values"] * (len(rest) // 2):
    sys.exit(f"Error: this shim knows `template CHART --values FILE` only, not {sys.argv[1:]}")
values = {}
try:
    for name in rest[1::2]:
        with open(name, encoding="utf-8") as file:
            values = over(values, helm.values_from_yaml(file.read()))
    with helm.Chart.load(chart) as loaded:
        rendered = loaded.render(values, name="release-name", namespace="default")
except (helm.HelmError, OSError) as error:
    sys.exit(f"Error: {error}")
for name, text in sorted(rendered.items()):
    if name.endswith("NOTES.txt"):
        continue
    for document in re.split(r"(?m)^---\s*$", text):
        if document.strip():
            print(f"---\n# Source: {name}\n{document.strip()}")
