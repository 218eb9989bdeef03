//! Cases with certificates or keys that only OpenSSL can create.

use std::fs;
use std::process::Command;

use mtlsctl::probe::TlsVersion;

use super::case::{Case, case};
use crate::support::peer::{Pair, Pki};

/// What rcgen cannot create: old versions, short keys, keys and chains in other formats.
pub(super) fn made_by_openssl(pki: &Pki) -> Vec<Case> {
    let run = |script: &str| {
        let keys = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/pki/keys");
        let mut bash = Command::new("bash");
        let done = bash.current_dir(&pki.folder).env("KEYS", keys).args(["-ec", script]).output();
        let done = done.expect("bash");
        assert!(done.status.success(), "{script}: {}", String::from_utf8_lossy(&done.stderr));
    };
    // A CA whose key is available.
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout o.key \\
           -out o.pem -subj /CN=openssl-ca -days 9
         make() { # NAME REQUEST-ARGUMENTS -- SIGN-ARGUMENTS
           name=$1; shift; request=(); while [ \"$1\" != -- ]; do request+=(\"$1\"); shift; done; shift
           openssl req \"${request[@]}\" -nodes -keyout $name.key -out $name.csr -subj /CN=$name
           openssl x509 -req -in $name.csr -CA o.pem -CAkey o.key -days 9 -out $name.pem \"$@\"
         }
         echo subjectAltName=DNS:localhost >ext
         make old -newkey ec -pkeyopt ec_paramgen_curve:P-256 --
         make short -newkey rsa:1024 -- -extfile ext
         make client -newkey ec -pkeyopt ec_paramgen_curve:P-256 -- -extfile ext
         make rsa-client -newkey rsa:2048 -- -extfile ext
         make sha1 -newkey rsa:2048 -- -extfile ext -sha1
         echo basicConstraints=critical,CA:TRUE >ca-ext
         make middle -newkey ec -pkeyopt ec_paramgen_curve:P-256 -- -extfile ca-ext
         openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout below.key \
           -out below.csr -subj /CN=below
         openssl x509 -req -in below.csr -CA middle.pem -CAkey middle.key -days 9 -out below.pem \
           -extfile ext
         for size in rsa8192 rsa2048-e3; do
           sed -n '/BEGIN/,$p' \"$KEYS/$size.key.pem\" >$size.key
           make_of() { openssl req -new -key $1.key -out $1.csr -subj /CN=$1
             openssl x509 -req -in $1.csr -CA o.pem -CAkey o.key -days 9 -out $1.pem -extfile ext; }
           make_of $size
         done
         openssl ec -in client.key -out client.sec1
         (openssl ecparam -name prime256v1; cat client.sec1) >client.params
         openssl rsa -in rsa-client.key -traditional -out rsa-client.pkcs1
         openssl x509 -in client.pem -trustout -out client.trusted
         cat client.key client.pem >client.both; cat o.pem ca.pem >anchors.pem");
    let text = |name: &str| fs::read_to_string(pki.folder.join(name)).expect("a file");
    let old = "-cipher DEFAULT:@SECLEVEL=0";
    let shown = |id, name: &str| {
        let args = format!("-cert {name}.pem -key {name}.key {old}");
        Case { anchors: true, ..case(id, Box::leak(args.into_boxed_str())) }
    };
    let required = "-Verify 1 -verify_return_error -CAfile o.pem";
    let client = |id, cert: &str, key: &str| {
        case(id, required).client(Some(Pair { cert: text(cert), key: text(key) }))
    };
    vec![
        shown("S25", "old"),
        shown("S25t", "old").max(TlsVersion::V1_3),
        shown("S52", "short").beyond_us(),
        client("C09", "below.pem", "below.key"),
        client("C09t", "below.pem", "below.key").max(TlsVersion::V1_3),
        client("C14g", "rsa8192.pem", "rsa8192.key"),
        client("C14h", "rsa2048-e3.pem", "rsa2048-e3.key"),
        client("C17b", "sha1.pem", "sha1.key"),
        client("C15a", "rsa-client.pem", "rsa-client.pkcs1"),
        client("C15b", "client.pem", "client.sec1"),
        client("C15c", "client.pem", "client.params"),
        client("C16j", "client.trusted", "client.key"),
        client("C16m", "client.both", "client.key"),
        client("C16n", "client.pem", "client.both"),
        client("C17", "old.pem", "old.key"),
        client("C17t", "old.pem", "old.key").max(TlsVersion::V1_3),
    ]
}
