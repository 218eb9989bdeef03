// What Emissary's check of Secrets asks Go: for each line of standard input, a folder's name, whether the
// first PEM block of its `key` and of its `cert` can be parsed. Prints `NAME key|- cert|-`.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
)

func key(text []byte) bool {
	block, _ := pem.Decode(text)
	if block == nil {
		return false
	}
	if _, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return true
	}
	if _, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		return true
	}
	_, err := x509.ParseECPrivateKey(block.Bytes)
	return err == nil
}

func certificate(text []byte) bool {
	block, _ := pem.Decode(text)
	if block == nil {
		return false
	}
	_, err := x509.ParseCertificate(block.Bytes)
	return err == nil
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		say := func(file string, taken func([]byte) bool) string {
			text, err := os.ReadFile(filepath.Join(lines.Text(), file))
			if err != nil {
				panic(err)
			}
			if taken(text) {
				return file
			}
			return "-"
		}
		fmt.Println(filepath.Base(lines.Text()), say("key", key), say("cert", certificate))
	}
}
