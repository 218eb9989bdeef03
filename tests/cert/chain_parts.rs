//! The relation of each certificate of a chain to its leaf, and the consequence when it has
//! expired.

use mtlsctl::cert::{Chain, ChainPart};

use crate::support::keys::TestKey;
use crate::support::maker::{Made, Spec};

fn parts(chain: &[&Made]) -> Vec<ChainPart> {
    let chain = Chain::from_der(chain.iter().map(|made| made.der.clone()));
    (0..chain.certificates().len()).map(|position| chain.part(position)).collect()
}

#[test]
fn only_certificates_on_the_path_from_the_leaf_are_issuers() {
    let [root_key, key, other_key, leaf_key] =
        ["p256-root", "p256-int", "p256-other", "p256-leaf"].map(TestKey::load);
    let root = Spec::root("Root", &root_key).self_signed(&root_key);
    let renewed = Spec::intermediate("Middle", &key).issued_by(&root, &key);
    let old = Spec::intermediate("Middle", &key).expired().issued_by(&root, &key);
    let stranger = Spec::root("Stranger", &other_key).self_signed(&other_key);
    let leaf = Spec::leaf(&leaf_key).issued_by(&renewed, &leaf_key);
    assert_eq!(parts(&[&leaf]), [ChainPart::Leaf]);
    assert_eq!(parts(&[&leaf, &old]), [ChainPart::Leaf, ChainPart::Issuer]);
    assert_eq!(
        parts(&[&leaf, &renewed, &old]),
        [ChainPart::Leaf, ChainPart::First, ChainPart::Spare]
    );
    assert_eq!(
        parts(&[&leaf, &old, &renewed]),
        [ChainPart::Leaf, ChainPart::First, ChainPart::Spare]
    );
    assert_eq!(
        parts(&[&leaf, &renewed, &root, &stranger]),
        [ChainPart::Leaf, ChainPart::Issuer, ChainPart::Spare, ChainPart::Spare]
    );
}
