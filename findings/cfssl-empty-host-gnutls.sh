#!/usr/bin/env bash
# GnuTLS cannot read a client certificate that cfssl made from `"hosts": [""]`; the others accept it.
#
# Version: cfssl 1.2.0 (golang-cfssl of Debian 12), GnuTLS 3.7.9, OpenSSL 3.0.
# Behaviour: cfssl warns about a request without `hosts`; an empty string in the list silences the warning. The
#   certificate then has one subjectAltName, an empty DNS name. OpenSSL, Go, Java, Erlang, mbed TLS, wolfSSL and
#   Envoy accept it. In GnuTLS the import fails, "Unknown Subject Alternative name", before there is a verdict:
#   its server ends TLS 1.2 with bad_certificate(42) and TLS 1.3 with internal_error(80).
# Why it matters: the certificate works at all upstreams except those with GnuTLS, where no message points to a
#   name, and internal_error to the server itself. `"hosts": []` gives a certificate that all accept.
# Output seen:
#   hosts [""]: openssl OK, certtool cannot read it, gnutls-serv TLS 1.2 alert 42, TLS 1.3 alert 80
#   hosts []: openssl OK, certtool trusts it, gnutls-serv TLS 1.2 ok, TLS 1.3 ok
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install gnutls 2>/dev/null
cd "$here"
apt=$here/mtlsctl-peers/.apt
apt-get -qq -o Debug::NoLocking=1 -o "Dir::State=$apt/machine" -o "Dir::Cache=$apt/machine" -o "Dir::State::status=$apt/status" \
    download golang-cfssl 2>/dev/null
dpkg-deb -x golang-cfssl_1.2.0*.deb cfssl
gnutls=$(echo "$here"/mtlsctl-peers/gnutls-*)
own() { LD_LIBRARY_PATH="$gnutls/usr/lib/x86_64-linux-gnu" exec "$gnutls/usr/bin/$1" "${@:2}"; }
(own certtool --version) | grep -F 'certtool 3.7.9' || { echo 'changed: another GnuTLS'; exit 1; }

make() { # make NAME HOSTS OPTION...
    echo "{\"CN\": \"$1\", \"hosts\": $2, \"key\": {\"algo\": \"ecdsa\", \"size\": 256}}" >"$1.json"
    cfssl/usr/bin/cfssl gencert "${@:3}" "$1.json" 2>/dev/null | cfssl/usr/bin/cfssljson -bare "$1"
}
make ca '[]' -initca
for name in server:'["localhost"]' empty:'[""]' none:'[]'; do make "${name%%:*}" "${name#*:}" -ca ca.pem -ca-key ca-key.pem; done

port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
own gnutls-serv --http --quiet --port "$port" --require-client-cert --verify-client-cert \
    --x509certfile server.pem --x509keyfile server-key.pem --x509cafile ca.pem >log 2>&1 &
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
ask() { # ask VERSION CLIENT: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 openssl s_client -connect "127.0.0.1:$port" "-tls$1" -ign_eof \
        -cert "$2.pem" -key "$2-key.pem" 2>&1 || true)
    if grep -q 'HTTP/1.0 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen WORDS CLIENT EXPECTED
    local openssl certtool said
    openssl=$(openssl verify -CAfile ca.pem "$2.pem" | sed 's/.*: //')
    certtool=$( (own certtool --verify --load-ca-certificate ca.pem --infile "$2.pem") 2>&1 || true)
    case $certtool in
    *'Unknown Subject Alternative name'*) certtool='cannot read it' ;;
    *'Verified. The certificate is trusted'*) certtool='trusts it' ;;
    esac
    said="openssl $openssl, certtool $certtool, gnutls-serv TLS 1.2 $(ask 1_2 "$2"), TLS 1.3 $(ask 1_3 "$2")"
    echo "$1: $said"
    [ "$said" = "$3" ] || { echo "changed: expected $3"; cat log; exit 1; }
}
seen 'hosts [""]' empty 'openssl OK, certtool cannot read it, gnutls-serv TLS 1.2 alert 42, TLS 1.3 alert 80'
seen 'hosts []' none 'openssl OK, certtool trusts it, gnutls-serv TLS 1.2 ok, TLS 1.3 ok'
