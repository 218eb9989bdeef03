// The Go peer: a TLS server that listens on six ports, as its arguments say.
//
//	server CERT KEY CA (PORT VERSION MODE)...
package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func main() {
	pair, err := tls.LoadX509KeyPair(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	ca, err := os.ReadFile(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca)
	versions := map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}
	modes := map[string]tls.ClientAuthType{
		"never":    tls.NoClientCert,
		"optional": tls.VerifyClientCertIfGiven,
		"required": tls.RequireAndVerifyClientCert,
	}
	answer := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	for rest := os.Args[4:]; len(rest) >= 3; rest = rest[3:] {
		version := versions[rest[1]]
		listener, err := net.Listen("tcp", "127.0.0.1:"+rest[0])
		if err != nil {
			log.Fatal(err)
		}
		config := &tls.Config{
			Certificates: []tls.Certificate{pair},
			ClientAuth:   modes[rest[2]],
			ClientCAs:    roots,
			MinVersion:   version,
			MaxVersion:   version,
			NextProtos:   []string{"http/1.1"},
		}
		go func() { log.Fatal(http.Serve(tls.NewListener(listener, config), answer)) }()
	}
	select {}
}
