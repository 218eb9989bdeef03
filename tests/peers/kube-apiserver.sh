# The Kubernetes API server and its etcd. No package has the former; Debian has its source, complete with
# what it depends on, which runs only if it is built with bullseye's Go 1.15: a binary of bookworm's Go
# crashes on ordinary requests. Some ten minutes of one core.
work="$into/work"
(into="$work/etcd" && mkdir -p "$into" && use_suite && debian etcd-server)
(into="$work/go" && mkdir -p "$into" && use_suite bullseye && debian golang-1.15-go)
# Debian's tree joins two folders by absolute links; a tree of its own needs none.
mkdir "$work/root"
cp -r "$work/go/usr/share/go-1.15/." "$work/root/"
cp -r "$work/go/usr/lib/go-1.15/." "$work/root/" 2>/dev/null || true
tree="$work/path/src/k8s.io/kubernetes"
mkdir -p "$tree"
(cd "$work" && source_of kubernetes)
tar -xf "$work"/kubernetes_*.orig.tar.* -C "$tree" --strip-components 1
(
    cd "$tree"
    export GOROOT="$work/root" GOCACHE="$work/cache" GOPATH="$work/path" GO111MODULE=off CGO_ENABLED=0 TMPDIR="$work"
    go() { "$GOROOT/bin/go" "$@"; }
    # The one file that upstream's tree lacks; upstream's own way to it, `make`, builds four generators more.
    go build -o "$work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
    described=$(grep -rlE --include='*.go' '^// \+k8s:openapi-gen=true' pkg cmd staging/src/k8s.io |
        grep -v _test.go | xargs -n1 dirname | sed -E 's#^staging/src/##; /^k8s.io/!s#^#k8s.io/kubernetes/#' | sort -u)
    "$work/openapi-gen" -O zz_generated.openapi -p k8s.io/kubernetes/pkg/generated/openapi -r /dev/null \
        -h hack/boilerplate/boilerplate.generatego.txt -i "$(paste -sd, <<<"$described")"
    mkdir "$into/bin"
    version=k8s.io/kubernetes/vendor/k8s.io/component-base/version
    # Without the clients of clouds, which are half of what there is to compile.
    go build -tags providerless -o "$into/bin/kube-apiserver" -ldflags \
        "-s -w -X $version.gitVersion=v1.20.2 -X $version.gitMajor=1 -X $version.gitMinor=20" ./cmd/kube-apiserver
)
cp "$work/etcd/usr/bin/etcd" "$into/bin/"
chmod -R u+w "$work"
rm -rf "$work"
