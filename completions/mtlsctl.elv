
use builtin;
use str;

set edit:completion:arg-completer[mtlsctl] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'mtlsctl'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'mtlsctl'= {
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand lint 'Find what is wrong with the mutual TLS of these manifests'
            cand probe 'Perform the handshake Ambassador would perform, and say what came of it'
            cand resolve 'Show each upstream, the TLS it really gets, and why'
            cand graph 'Draw how trust passes: certificate, Secret or file, TLSContext, Mapping, host and prefix'
            cand inspect 'Look at certificates, keys and CRLs, and ask what Envoy would say to them'
            cand explain 'Explain a rule or an Envoy TLS code, or list all rules'
            cand config 'About the configuration, .mtlsctl.yaml'
            cand completions 'Print a completion script'
            cand man 'Print the man page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mtlsctl;lint'= {
            cand -f 'The same, as in kubectl'
            cand --filename 'The same, as in kubectl'
            cand -o 'text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with =PATH into a file; repeatable'
            cand --output 'text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with =PATH into a file; repeatable'
            cand --format 'text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson or tap; with =PATH into a file; repeatable'
            cand --select 'Run only rules whose ids match one of these globs; repeatable'
            cand --ignore 'Leave out rules whose ids match one of these globs; repeatable'
            cand --baseline 'Set aside the findings that this file knows, by rule, object and field'
            cand --report-scope 'Which findings count: all, or those with a place in the files given; then all files of --root are read, since what a file refers to may lie in another one'
            cand --root 'The folder whose files are all read with --report-scope=files [default: the repository, else the working directory]'
            cand --fail-on 'Fail from this severity on'
            cand --min-severity 'Show findings from this severity on'
            cand --expires-in 'When the end of a certificate is near: a time (30d, 12h) or a share of its life (25%) [default: 30 days or a third of its life, whichever is shorter]'
            cand --exclude 'Leave out paths that match this glob (as in .gitignore); repeatable'
            cand --ingest 'How manifests reach Ambassador'
            cand --ambassador-id 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]'
            cand --ambassador-namespace 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]'
            cand --emissary 'The Emissary version to speak for'
            cand --external 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable'
            cand --files 'Whether certificate files in the Ambassador pod are taken to be there, or looked for'
            cand --rootfs 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --files-root 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --config 'The configuration [default: the nearest .mtlsctl.yaml above all inputs, up to the repository]'
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand --no-ignores 'Report also what comments and annotations ask to ignore'
            cand --show-suppressed 'Show suppressed findings, too, with the reason: in text, concise, json and jsonl; sarif always holds them'
            cand --update-baseline 'Write the findings of this call into the baseline instead'
            cand --list-rules 'List the rules that would run'
            cand --show-files 'List the files that would be read'
            cand --exit-zero 'Succeed whatever is found; what could not be checked still fails'
            cand --allow-empty 'Succeed where the input holds nothing of Ambassador''s'
            cand --no-ignore-vcs 'Read files that .gitignore leaves out, too'
            cand --check-yaml 'Parse every document, also those that cannot matter, and report broken YAML in them'
            cand --force-secret-validation 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
            cand --no-config 'Read no configuration'
            cand --isolated 'Read no configuration'
            cand --show-settings 'Show every setting that counts, and who says so'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mtlsctl;probe'= {
            cand -f 'Manifests: files, folders, or - for standard input [default: .]'
            cand --filename 'Manifests: files, folders, or - for standard input [default: .]'
            cand --cert 'The client''s certificate chain, PEM, leaf first'
            cand --key 'The client''s private key, PEM'
            cand --ca 'The authorities the server is judged by, PEM'
            cand --crl 'Revocation lists, PEM'
            cand --sni 'The name to send; Envoy sends none unless the context says so'
            cand --servername 'The name to send; Envoy sends none unless the context says so'
            cand --alpn 'Protocols to offer, by comma'
            cand --min-tls-version 'v1.0 to v1.3 [Envoy: v1.2]'
            cand --max-tls-version 'v1.0 to v1.3 [Envoy: v1.2]'
            cand --cipher-suites 'Suites by their OpenSSL names, by comma'
            cand --ecdh-curves 'Groups, by comma'
            cand --envoy 'Which Envoy to speak for [default: the one that --emissary ships]'
            cand --host 'Host of the request [the target''s]'
            cand --timeout 'For TCP and TLS together, and again at most for an answer'
            cand --connect-to 'Connect to another place instead, as in curl; may be repeated'
            cand --resolve 'What a name stands for, as in curl; may be repeated'
            cand --map 'Where files of the Ambassador pod are: /etc/istiocerts=./certs; may be repeated'
            cand --profile 'Whose hello to send'
            cand --expect-spiffe 'Fail unless the server has this identity, one below it (`…/*`), or one of this trust domain'
            cand --wait 'Try again until all is well, so long at most'
            cand --interval 'Between two tries'
            cand --concurrency 'Targets at a time'
            cand -o 'text, short (only what is not well), table, json, sarif or github; with =PATH into a file; repeatable'
            cand --output 'text, short (only what is not well), table, json, sarif or github; with =PATH into a file; repeatable'
            cand --format 'text, short (only what is not well), table, json, sarif or github; with =PATH into a file; repeatable'
            cand --fail-on 'The least result that makes the exit code 1'
            cand --exclude 'Leave out paths that match this glob (as in .gitignore); repeatable'
            cand --ingest 'How manifests reach Ambassador'
            cand --ambassador-id 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]'
            cand --ambassador-namespace 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]'
            cand --emissary 'The Emissary version to speak for'
            cand --external 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable'
            cand --files 'Whether certificate files in the Ambassador pod are taken to be there, or looked for'
            cand --rootfs 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --files-root 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --config 'The configuration [default: the nearest .mtlsctl.yaml above all inputs, up to the repository]'
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand --all 'Every upstream of the input'
            cand --grpc 'Speak HTTP/2, as for a gRPC Mapping'
            cand --tcp 'Send nothing of our own, as for a TCPMapping'
            cand --ipv6 'Ask DNS for IPv6 addresses too, as with Ambassador''s `enable_ipv6`'
            cand --no-request 'Send no request; say goodbye after the handshake'
            cand --no-negative 'Do not connect a second time without a certificate'
            cand --require-mutual 'Fail if the server does not insist on a client certificate'
            cand --matrix 'Work out the mesh''s mode by seven more connections'
            cand --no-ignore-vcs 'Read files that .gitignore leaves out, too'
            cand --check-yaml 'Parse every document, also those that cannot matter, and report broken YAML in them'
            cand --force-secret-validation 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
            cand --no-config 'Read no configuration'
            cand --isolated 'Read no configuration'
            cand --show-settings 'Show every setting that counts, and who says so'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mtlsctl;resolve'= {
            cand -f 'Manifests: files, folders, or - for standard input [default: .]'
            cand --filename 'Manifests: files, folders, or - for standard input [default: .]'
            cand -o 'text or json; with =PATH into a file; repeatable'
            cand --output 'text or json; with =PATH into a file; repeatable'
            cand --format 'text or json; with =PATH into a file; repeatable'
            cand --exclude 'Leave out paths that match this glob (as in .gitignore); repeatable'
            cand --ingest 'How manifests reach Ambassador'
            cand --ambassador-id 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]'
            cand --ambassador-namespace 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]'
            cand --emissary 'The Emissary version to speak for'
            cand --external 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable'
            cand --files 'Whether certificate files in the Ambassador pod are taken to be there, or looked for'
            cand --rootfs 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --files-root 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --config 'The configuration [default: the nearest .mtlsctl.yaml above all inputs, up to the repository]'
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand --allow-empty 'Succeed where the input holds nothing of Ambassador''s'
            cand --no-ignore-vcs 'Read files that .gitignore leaves out, too'
            cand --check-yaml 'Parse every document, also those that cannot matter, and report broken YAML in them'
            cand --force-secret-validation 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
            cand --no-config 'Read no configuration'
            cand --isolated 'Read no configuration'
            cand --show-settings 'Show every setting that counts, and who says so'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mtlsctl;graph'= {
            cand -f 'Manifests: files, folders, or - for standard input [default: .]'
            cand --filename 'Manifests: files, folders, or - for standard input [default: .]'
            cand -o 'text, mermaid, dot, json or html; with =PATH into a file; repeatable'
            cand --output 'text, mermaid, dot, json or html; with =PATH into a file; repeatable'
            cand --format 'text, mermaid, dot, json or html; with =PATH into a file; repeatable'
            cand --exclude 'Leave out paths that match this glob (as in .gitignore); repeatable'
            cand --ingest 'How manifests reach Ambassador'
            cand --ambassador-id 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]'
            cand --ambassador-namespace 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]'
            cand --emissary 'The Emissary version to speak for'
            cand --external 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable'
            cand --files 'Whether certificate files in the Ambassador pod are taken to be there, or looked for'
            cand --rootfs 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --files-root 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --config 'The configuration [default: the nearest .mtlsctl.yaml above all inputs, up to the repository]'
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand --allow-empty 'Succeed where the input holds nothing of Ambassador''s'
            cand --no-ignore-vcs 'Read files that .gitignore leaves out, too'
            cand --check-yaml 'Parse every document, also those that cannot matter, and report broken YAML in them'
            cand --force-secret-validation 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
            cand --no-config 'Read no configuration'
            cand --isolated 'Read no configuration'
            cand --show-settings 'Show every setting that counts, and who says so'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mtlsctl;inspect'= {
            cand -f 'Manifests that hold the Secrets and contexts: files, folders, or - [default: .]'
            cand --filename 'Manifests that hold the Secrets and contexts: files, folders, or - [default: .]'
            cand --ca 'Ask what Envoy would say to each target as a server''s chain, with this as `trusted_ca`'
            cand --crl 'The CRL file that goes with --ca'
            cand --key 'The private key of a certificate file: asks whether Envoy would load the pair'
            cand --envoy 'The Envoy version to speak for [default: 1.38]'
            cand --max-tls-version 'The highest TLS version that the context allows, as in a TLSContext'
            cand --ecdh-curves 'The key agreement groups of the context, as in a TLSContext'
            cand --server-name 'The name that a strict client would ask for; Envoy looks at no names'
            cand --expires-in 'Fail if anything expires within this time (30d, 12h) or share of its life (25%) [default: warn at 30 days or a third of its life, whichever is shorter]'
            cand -o 'text, table, wide, json or prom; with =PATH into a file; repeatable'
            cand --output 'text, table, wide, json or prom; with =PATH into a file; repeatable'
            cand --format 'text, table, wide, json or prom; with =PATH into a file; repeatable'
            cand --fail-on 'Fail from this severity on'
            cand --exclude 'Leave out paths that match this glob (as in .gitignore); repeatable'
            cand --ingest 'How manifests reach Ambassador'
            cand --ambassador-id 'AMBASSADOR_ID [default: from the Deployment in the input, else "default"]'
            cand --ambassador-namespace 'Ambassador''s namespace [default: from the Deployment in the input, else "default"]'
            cand --emissary 'The Emissary version to speak for'
            cand --external 'An object that lives elsewhere: KIND/NAMESPACE/NAME, `*` for anything; repeatable'
            cand --files 'Whether certificate files in the Ambassador pod are taken to be there, or looked for'
            cand --rootfs 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --files-root 'The folder that stands for the Ambassador pod''s `/`; implies `--files check`'
            cand --config 'The configuration [default: the nearest .mtlsctl.yaml above all inputs, up to the repository]'
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand --exit-zero 'Succeed whatever is found; what could not be checked still fails'
            cand --allow-empty 'Succeed where there is nothing to look at'
            cand --no-ignore-vcs 'Read files that .gitignore leaves out, too'
            cand --check-yaml 'Parse every document, also those that cannot matter, and report broken YAML in them'
            cand --force-secret-validation 'Take AMBASSADOR_FORCE_SECRET_VALIDATION as set'
            cand --no-config 'Read no configuration'
            cand --isolated 'Read no configuration'
            cand --show-settings 'Show every setting that counts, and who says so'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mtlsctl;explain'= {
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mtlsctl;config'= {
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help'
            cand --help 'Print help'
            cand schema 'Print the JSON Schema of .mtlsctl.yaml, for editors'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mtlsctl;config;schema'= {
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mtlsctl;config;help'= {
            cand schema 'Print the JSON Schema of .mtlsctl.yaml, for editors'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mtlsctl;config;help;schema'= {
        }
        &'mtlsctl;config;help;help'= {
        }
        &'mtlsctl;completions'= {
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'mtlsctl;man'= {
            cand --color 'When to use colour'
            cand --hyperlinks 'When rule names are links that a terminal opens (OSC 8); FORCE_HYPERLINK counts, too'
            cand --at 'Judge as of this moment (2027-01-01 or 2027-01-01T12:00:00Z) instead of now'
            cand -q 'Say less: no summary on standard error'
            cand --quiet 'Say less: no summary on standard error'
            cand -v 'Say more'
            cand --verbose 'Say more'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'mtlsctl;help'= {
            cand lint 'Find what is wrong with the mutual TLS of these manifests'
            cand probe 'Perform the handshake Ambassador would perform, and say what came of it'
            cand resolve 'Show each upstream, the TLS it really gets, and why'
            cand graph 'Draw how trust passes: certificate, Secret or file, TLSContext, Mapping, host and prefix'
            cand inspect 'Look at certificates, keys and CRLs, and ask what Envoy would say to them'
            cand explain 'Explain a rule or an Envoy TLS code, or list all rules'
            cand config 'About the configuration, .mtlsctl.yaml'
            cand completions 'Print a completion script'
            cand man 'Print the man page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'mtlsctl;help;lint'= {
        }
        &'mtlsctl;help;probe'= {
        }
        &'mtlsctl;help;resolve'= {
        }
        &'mtlsctl;help;graph'= {
        }
        &'mtlsctl;help;inspect'= {
        }
        &'mtlsctl;help;explain'= {
        }
        &'mtlsctl;help;config'= {
            cand schema 'Print the JSON Schema of .mtlsctl.yaml, for editors'
        }
        &'mtlsctl;help;config;schema'= {
        }
        &'mtlsctl;help;completions'= {
        }
        &'mtlsctl;help;man'= {
        }
        &'mtlsctl;help;help'= {
        }
    ]
    $completions[$command]
}
