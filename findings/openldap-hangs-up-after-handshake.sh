#!/usr/bin/env bash
# Debian's OpenLDAP completes the handshake with clients whose certificate it rejects, then disconnects.
#
# Version: slapd 2.5.13+dfsg-5 (Debian 12, which builds it with GnuTLS), OpenSSL as the client.
# Behaviour: with `TLSVerifyClient demand`, a client with a certificate from an unknown CA gets the server's
#   Finished even in TLS 1.2: the handshake is complete. Then the connection ends. A client without any
#   certificate is dropped within the handshake. Neither gets an alert.
# Why it matters: interpreting a finished TLS 1.2 handshake as "my certificate was accepted", which works with
#   OpenSSL servers, is wrong here. An Envoy in front counts `ssl.handshake` and no failure.
# Output seen:
#   no certificate: no handshake, end without an alert
#   certificate of another CA: handshake complete, end without an alert
#   certificate of the right CA: handshake complete, the connection stays
set -euo pipefail
here=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$here"' EXIT
cd "$here"
# The packages are unpacked here; nothing is installed.
mkdir root
names=$(apt-get -qq -s --no-install-recommends install slapd | awk '/^Inst / { print $2 }')
apt-get -qq download $names 2>/dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(find root/usr/lib root/lib -maxdepth 1 -name '*-linux-gnu' -printf "$here/%p:" 2>/dev/null || true)
authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
leaf() { # leaf NAME CA USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=%s\n' "$3" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
authority right; authority other
leaf server right serverAuth; leaf good right clientAuth; leaf stranger other clientAuth
cat >slapd.conf <<CONF
include $here/root/etc/ldap/schema/core.schema
pidfile $here/pid
TLSCACertificateFile $here/right.pem
TLSCertificateFile $here/server.pem
TLSCertificateKeyFile $here/server.key
TLSVerifyClient demand
CONF
port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
LD_LIBRARY_PATH=$libraries root/usr/sbin/slapd -f slapd.conf -h "ldaps://127.0.0.1:$port" -d 0 >log 2>&1 & server=$!
for _ in $(seq 100); do (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
ask() { # ask NAME [OPTION]…: two seconds, unless the server ends it
    local name=$1 code=0
    shift
    sleep 4 | timeout 2 openssl s_client -connect "127.0.0.1:$port" -CAfile right.pem -tls1_2 -msg "$@" \
        >"$name" 2>&1 || code=$?
    grep -q '<<< TLS 1.2, Handshake .*Finished' "$name" && printf 'handshake complete, ' || printf 'no handshake, '
    ! grep -q '<<< .*Alert .*fatal' "$name" || { echo "changed: an alert, $name"; exit 1; }
    # 124: it was still open when the time was over.
    [ "$code" = 124 ] && echo 'the connection stays' || echo 'end without an alert'
}
none=$(ask none); stranger=$(ask stranger -cert stranger.pem -key stranger.key)
good=$(ask good -cert good.pem -key good.key)
echo "no certificate: $none"
echo "certificate of another CA: $stranger"
echo "certificate of the right CA: $good"
[[ $none == 'no handshake, end without an alert' ]]
[[ $stranger == 'handshake complete, end without an alert' ]]
[[ $good == 'handshake complete, the connection stays' ]]
