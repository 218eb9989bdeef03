// Validates Kubernetes manifests against JSON Schemas, as kubeval and kubeconform do, with the two
// libraries that kubeval is made of; a stand-in for them where neither can be installed.
//
// usage: schemacheck SCHEMAS FOLDER
//
// In target/peers-bench, with `apt-get download` of golang-1.19-go, golang-1.19-src,
// golang-k8s-sigs-yaml-dev, golang-gopkg-yaml.v2-dev and golang-github-xeipuuv-gojson{schema,pointer,reference}-dev,
// each unpacked there by `dpkg -x FILE .`:
//
//	GOROOT=$PWD/usr/lib/go-1.19 GOPATH=$PWD/usr/share/gocode GO111MODULE=off GOCACHE=$PWD/gocache \
//	    usr/lib/go-1.19/bin/go build -o schemacheck ../../benches/schemacheck.go
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/xeipuuv/gojsonschema"
	"sigs.k8s.io/yaml"
)

type object struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

var (
	schemas     sync.Map
	compiling   sync.Mutex
	definitions interface{}
)

// compile makes a schema, with what the schemas refer to under the address that they call it by.
func compile(text []byte) (*gojsonschema.Schema, error) {
	loader := gojsonschema.NewSchemaLoader()
	// The library knows no later draft; the schemas use nothing that it lacks.
	loader.AutoDetect = false
	loader.Draft = gojsonschema.Draft7
	address := "https://kubernetes.io/api/_definitions.json"
	if err := loader.AddSchema(address, gojsonschema.NewGoLoader(definitions)); err != nil {
		return nil, err
	}
	return loader.Compile(gojsonschema.NewBytesLoader(text))
}

// schema is that of a kind, nil where there is none (custom resources are passed over, as with
// kubeconform's -ignore-missing-schemas).
func schema(folder string, o object) *gojsonschema.Schema {
	key := o.Kind + "-" + strings.ReplaceAll(o.APIVersion, "/", "-")
	if found, ok := schemas.Load(key); ok {
		return found.(*gojsonschema.Schema)
	}
	compiling.Lock()
	defer compiling.Unlock()
	if found, ok := schemas.Load(key); ok {
		return found.(*gojsonschema.Schema)
	}
	var compiled *gojsonschema.Schema
	path := filepath.Join(folder, strings.ToLower(key)+".json")
	if text, err := os.ReadFile(path); err == nil {
		if compiled, err = compile(text); err != nil {
			fmt.Fprintln(os.Stderr, path, err)
			os.Exit(2)
		}
	}
	schemas.Store(key, compiled)
	return compiled
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: schemacheck SCHEMAS FOLDER")
		os.Exit(2)
	}
	text, err := os.ReadFile(filepath.Join(os.Args[1], "_definitions.json"))
	if err == nil {
		err = json.Unmarshal(text, &definitions)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	paths := make(chan string, 256)
	var wait sync.WaitGroup
	var documents, valid, invalid, unknown, broken int64
	for i := 0; i < runtime.NumCPU(); i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for path := range paths {
				text, err := os.ReadFile(path)
				if err != nil {
					atomic.AddInt64(&broken, 1)
					continue
				}
				for _, document := range bytes.Split(text, []byte("\n---")) {
					atomic.AddInt64(&documents, 1)
					asJSON, err := yaml.YAMLToJSON(document)
					var o object
					if err != nil || json.Unmarshal(asJSON, &o) != nil || o.Kind == "" {
						atomic.AddInt64(&broken, 1)
						continue
					}
					against := schema(os.Args[1], o)
					if against == nil {
						atomic.AddInt64(&unknown, 1)
						continue
					}
					result, err := against.Validate(gojsonschema.NewBytesLoader(asJSON))
					if err != nil || !result.Valid() {
						atomic.AddInt64(&invalid, 1)
					} else {
						atomic.AddInt64(&valid, 1)
					}
				}
			}
		}()
	}
	filepath.Walk(os.Args[2], func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && strings.HasSuffix(path, ".yaml") {
			paths <- path
		}
		return nil
	})
	close(paths)
	wait.Wait()
	fmt.Printf("%d documents: %d valid, %d invalid, %d without schema, %d broken\n",
		documents, valid, invalid, unknown, broken)
	if invalid+broken > 0 {
		os.Exit(1)
	}
}
