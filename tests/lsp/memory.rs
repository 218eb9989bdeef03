//! The server's memory does not grow over thousands of edits.

use std::fmt::Write as _;

use crate::editor::{Editor, Folder};

const CONTEXT: &str = "\
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: {name: upstream, namespace: shop}
spec: {secret: client-cert}
";

fn mappings(file: usize, tls: &str) -> String {
    let mut text = String::new();
    for number in 0..5 {
        write!(
            text,
            "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {{name: route-{file}-{number}, \
             namespace: shop}}\nspec: {{hostname: '*', prefix: /{file}/{number}/, service: 'https://cart-{file}:443', \
             tls: {tls}}}\n"
        )
        .unwrap();
    }
    text
}

#[test]
fn memory_does_not_grow_over_ten_thousand_edits() {
    let folder = Folder::with(&[("context.yaml", CONTEXT)]);
    for file in 0..20 {
        folder.write(&format!("routes-{file}.yaml"), &mappings(file, "upstream"));
    }
    let mut editor = Editor::open_folder(&folder.0);
    let context = folder.uri("context.yaml");
    editor.open(&context, CONTEXT);
    for file in 0..4 {
        editor.open(&folder.uri(&format!("routes-{file}.yaml")), &mappings(file, "upstream"));
    }
    let mut early = 0;
    for edit in 0..10_000 {
        let routes = edit % 4;
        let uri = folder.uri(&format!("routes-{routes}.yaml"));
        match edit % 50 {
            // New names, truncated texts, contexts that are removed and added.
            10 => editor.replace(&uri, &format!("{}  tls: [", mappings(routes, "upstream"))),
            20 => editor.replace(&context, &CONTEXT.replace("upstream", &format!("other-{edit}"))),
            21 => editor.replace(&context, CONTEXT),
            _ => editor.replace(&uri, &mappings(routes, &format!("typed-{edit}"))),
        }
        // Occasionally the editor waits, so that these edits are all checked.
        if edit % 20 == 0 {
            editor.settle();
        }
        if edit == 2_500 {
            early = editor.resident();
        }
    }
    editor.settle();
    let late = editor.resident();
    println!("{early} KB after 2,500 edits, {late} KB after 10,000");
    assert!(early > 0 && late < early + early / 10 + 2_048, "{early} KB became {late} KB");
    assert_eq!(editor.end().code(), Some(0));
}
