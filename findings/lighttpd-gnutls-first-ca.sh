#!/usr/bin/env bash
# lighttpd with GnuTLS trusts only the first CA in its file of client CAs.
#
# Version: lighttpd 1.4.69 (Debian 12), mod_gnutls; GnuTLS itself (certtool) and lighttpd's other three TLS
#   modules use the whole file.
# Behaviour: with two roots in `ssl.verifyclient.ca-file`, clients of the second are rejected, in TLS 1.2 and
#   1.3, with access_denied(49) and without a log message. Swapping them in the file swaps who is accepted.
# Why it matters: a CA is replaced without an outage by having both in the file. Adding the new one after the
#   old one has no effect, so the first client with a new certificate fails; adding it before the old one locks
#   out all others at once. access_denied points to an authorization rule, not a CA.
# Output seen (TLS 1.2 and 1.3 alike):
#   mod_gnutls, old CA first: old client ok, new client alert 49
#   mod_gnutls, new CA first: old client alert 49, new client ok
#   mod_wolfssl, old CA first: old client ok, new client ok
#   certtool, old CA first: old client trusted, new client trusted
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill -KILL; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install lighttpd gnutls 2>/dev/null
cd "$here"
root=$(echo "$here"/mtlsctl-peers/lighttpd-*)
certtool=$(echo "$here"/mtlsctl-peers/gnutls-*/usr/bin/certtool)
export LD_LIBRARY_PATH="$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu:${certtool%/bin/*}/lib/x86_64-linux-gnu"
lighttpd=$root/usr/sbin/lighttpd
"$lighttpd" -v | grep -F 'lighttpd/1.4.69' || { echo 'changed: another lighttpd'; exit 1; }
openssl() { env -u LD_LIBRARY_PATH openssl "$@"; }

authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1 authority" \
        -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
leaf() { # leaf NAME CA USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$3" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
authority old; authority new
leaf server old serverAuth; leaf old-client old clientAuth; leaf new-client new clientAuth
cat old.pem new.pem >old-first.pem; cat new.pem old.pem >new-first.pem
mkdir www; echo ok >www/index.html

ask() { # ask CLIENT VERSION: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -connect "127.0.0.1:$port" "-tls$2" -ign_eof \
        -cert "$1.pem" -key "$1.key" 2>&1 || true)
    if grep -q 'HTTP/1.0 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen MODULE FIRST OLD NEW
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >conf <<CONF
server.modules = ("mod_$1")
server.port = $port
server.bind = "127.0.0.1"
server.document-root = "$here/www"
index-file.names = ("index.html")
ssl.engine = "enable"
ssl.pemfile = "server.pem"
ssl.privkey = "server.key"
ssl.verifyclient.ca-file = "$2-first.pem"
ssl.verifyclient.activate = "enable"
ssl.verifyclient.enforce = "enable"
CONF
    "$lighttpd" -D -f conf -m "$root/usr/lib/lighttpd" >log 2>&1 &
    local server=$! version old new
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    for version in 1_2 1_3; do
        old=$(ask old-client "$version") new=$(ask new-client "$version")
        [ "$old, $new" = "$3, $4" ] || { echo "changed: $1, $2 CA first, TLS $version: $old, $new"; cat log; exit 1; }
    done
    echo "mod_$1, $2 CA first: old client $old, new client $new"
    kill -KILL "$server"; wait "$server" 2>/dev/null || true
}
seen gnutls old ok 'alert 49'
seen gnutls new 'alert 49' ok
seen wolfssl old ok ok
for client in old new; do
    "$certtool" --verify --load-ca-certificate old-first.pem --infile "$client-client.pem" >"$client-said" 2>&1
    grep -q 'Verified. The certificate is trusted' "$client-said" || { echo "changed: certtool, $client"; exit 1; }
done
echo 'certtool, old CA first: old client trusted, new client trusted'
