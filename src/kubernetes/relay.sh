# host port seconds family python-source: relays standard input and output to a place, with what there is.
has() { command -v "$1" >/dev/null 2>&1; }
if has python3; then exec python3 -c "$5" "$1" "$2" "$3" "$4"; fi
if has python; then exec python -c "$5" "$1" "$2" "$3" "$4"; fi
if has socat; then echo "mtlsctl started socat"; exec socat STDIO "TCP:$1:$2,connect-timeout=$3"; fi
if has nc; then echo "mtlsctl started nc"; exec nc "$1" "$2"; fi
if has bash; then
    exec bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit 1; echo "mtlsctl started bash"; cat <&3 & cat >&3; wait' bash "$1" "$2"
fi
if has curl; then echo "mtlsctl started curl"; exec curl -sN --connect-timeout "$3" "telnet://$1:$2"; fi
echo "the container has none of python3, socat, nc, bash, curl: --as-job probes from a Job beside it" >&2
exit 127
