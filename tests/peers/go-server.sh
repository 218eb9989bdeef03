# A TLS server in Go, and a check of keys and certificates, built with Debian's compiler, which is not kept.
debian golang-go
go=$(echo "$into"/usr/lib/go-*/bin/go)
version=$(basename "${go%/bin/go}")
# Debian's tree joins two folders by absolute links; a tree of its own needs none.
mkdir "$into/root"
cp -r "$into/usr/share/$version/." "$into/root/"
cp -r "$into/usr/lib/$version/." "$into/root/" 2>/dev/null || true
GOROOT="$into/root" GOCACHE="$into/cache" GOPATH="$into/path" GO111MODULE=off CGO_ENABLED=0 \
    GOFLAGS=-buildvcs=false "$go" build -o "$into/server" tests/peers/go-server.go
GOROOT="$into/root" GOCACHE="$into/cache" GOPATH="$into/path" GO111MODULE=off CGO_ENABLED=0 \
    GOFLAGS=-buildvcs=false "$go" build -o "$into/check" tests/peers/go-server.check.go
chmod -R u+w "$into"
find "$into" -mindepth 1 -maxdepth 1 ! -name server ! -name check -exec rm -rf {} +
