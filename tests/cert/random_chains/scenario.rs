//! Random chains sent by a server, and random trust stores for Envoy.

use super::spoil::spoil;
use super::{damage, names, revocation};
use crate::support::dice::Dice;
use crate::support::keys::TestKey;
use crate::support::maker::*;

/// A random case.
pub(crate) struct Scenario {
    /// The certificates sent, leaf first.
    pub(crate) sent: Vec<Made>,
    /// `trusted_ca`.
    pub(crate) ca: String,
    /// `crl`.
    pub(crate) crl: Option<String>,
    /// `max_tls_version: v1.3`.
    pub(crate) tls13: bool,
}

/// The scenario of this seed and number.
pub(crate) fn scenario(seed: u64, number: u64) -> Scenario {
    let mut dice = Dice::new(seed, number);
    let dice = &mut dice;
    let key = TestKey::load;
    let issuers = authorities(dice);
    let leaf = leaf(dice, issuers.last().unwrap());
    let everybody: Vec<Made> = issuers.iter().cloned().chain([leaf.clone()]).collect();
    let sent = sent(dice, &issuers, &everybody, &leaf);
    let mut trusted = trusted(dice, &issuers, &everybody);
    if dice.once_in(10) {
        trusted.push(leaf.clone());
    }
    let crl = dice
        .once_in(5)
        .then(|| revocation::file(dice, &issuers, &leaf, &key("p256-client")))
        .filter(|text| !text.is_empty());
    let (ca, crl) = files(dice, &trusted, crl);
    Scenario { sent, ca, crl, tls13: dice.once_in(3) }
}

/// A root, possibly others like it, and a sequence of intermediates; the last one issues the leaf.
fn authorities(dice: &mut Dice) -> Vec<Made> {
    let key = TestKey::load;
    let odd = ["p384", "p521", "ed25519", "rsa2048", "rsa1024", "rsa512", "rsa4096"];
    let first_key = if dice.once_in(8) { key(dice.pick(&odd)) } else { key("p256-root") };
    let stranger = key("p256-other");
    let subject = names::distinguished(dice, "Root One");
    let root = Spec::root("Root One", &first_key).subject(subject);
    let root = spoil(dice, root, true).self_signed(&first_key);
    let mut all = vec![root.clone()];
    if dice.once_in(4) {
        let again = Spec::root("Root One", &first_key).subject(root.subject.clone());
        let serial = [u8::try_from(dice.below(100)).unwrap()];
        all.push(spoil(dice, again, true).serial(&serial).self_signed(&first_key));
    }
    if dice.once_in(6) {
        let namesake = Spec::root("Root One", &stranger).subject(root.subject.clone());
        all.push(namesake.self_signed(&stranger));
    }
    let other = Spec::root("Other", &stranger).self_signed(&stranger);
    if dice.once_in(6) {
        all.push(other.clone());
    }
    let mut issuer = root;
    for depth in 0..dice.below(4) {
        let own = if dice.once_in(10) {
            key(dice.pick(&odd))
        } else {
            key(if depth % 2 == 0 { "p256-int" } else { "p256-int2" })
        };
        let mut subject = names::distinguished(dice, &format!("Int {depth}"));
        if dice.once_in(12) {
            subject.clone_from(&issuer.subject);
        }
        let serial = u8::try_from(depth).unwrap() + 1;
        let plain = Spec::intermediate("i", &own).subject(subject).serial(&[serial]);
        let spec = spoil(dice, plain.clone(), true);
        let made = if dice.once_in(8) {
            spec.issued_plainly(&issuer, &own)
        } else {
            spec.issued_by(&issuer, &own)
        };
        let made = damaged(dice, made, &issuer.key);
        if dice.once_in(8) {
            // The same name and key again, from the same issuer or another.
            let by = if dice.once_in(2) { &other } else { &issuer };
            let twin = spoil(dice, plain.subject(made.subject.clone()), true);
            all.push(twin.serial(&[50 + serial]).issued_by(by, &own));
        }
        all.push(made.clone());
        issuer = made;
    }
    all
}

fn leaf(dice: &mut Dice, issuer: &Made) -> Made {
    let own = TestKey::load(if dice.once_in(10) {
        dice.pick(&["rsa2048", "rsa4096", "p384", "ed25519"])
    } else {
        "p256-leaf"
    });
    let mut spec = Spec::leaf(&own);
    if dice.once_in(6) {
        spec = spec.subject(names::distinguished(dice, "localhost"));
    }
    let spec = spoil(dice, spec, false);
    let made = match dice.below(16) {
        0 => return spec.self_signed(&own),
        1 => spec.issued_plainly(issuer, &own),
        _ => spec.issued_by(issuer, &own),
    };
    damaged(dice, made, &issuer.key)
}

fn damaged(dice: &mut Dice, made: Made, signer: &TestKey) -> Made {
    match dice.below(45) {
        0 => damage::signed_again(dice, made, signer),
        1 => damage::lengthened(dice, made, signer),
        2 | 3 => damage::renamed(dice, made, signer),
        _ => made,
    }
}

fn sent(dice: &mut Dice, issuers: &[Made], everybody: &[Made], leaf: &Made) -> Vec<Made> {
    let mut sent = vec![leaf.clone()];
    match dice.below(6) {
        0 => {}
        1 => sent.extend((0..dice.below(5)).map(|_| dice.pick(everybody)).collect::<Vec<_>>()),
        2 => {
            let mut rest = issuers.to_vec();
            while !rest.is_empty() {
                let next = dice.position(rest.len());
                sent.push(rest.remove(next));
            }
        }
        _ => {
            let mut rest: Vec<Made> = issuers.iter().rev().cloned().collect();
            if dice.once_in(2) {
                rest.pop();
            }
            sent.extend(rest);
        }
    }
    sent
}

fn trusted(dice: &mut Dice, issuers: &[Made], everybody: &[Made]) -> Vec<Made> {
    match dice.below(7) {
        0 => (0..=dice.below(4)).map(|_| dice.pick(everybody)).collect(),
        1 => issuers.to_vec(),
        2 => issuers.iter().rev().cloned().collect(),
        3 => vec![dice.pick(issuers)],
        _ => vec![issuers[0].clone()],
    }
}

/// The files: usually plain PEM, sometimes in an unusual but readable form.
fn files(dice: &mut Dice, trusted: &[Made], crl: Option<String>) -> (String, Option<String>) {
    let label = if dice.once_in(15) { "TRUSTED CERTIFICATE" } else { "CERTIFICATE" };
    let mut text: String = trusted.iter().map(|made| pem(label, &made.der)).collect();
    match dice.below(30) {
        0 => text = text.replace('\n', "\r\n"),
        1 => text = format!("subject=Root\n\n{text}trailing words\n"),
        2 => text = text.replace('\n', "  \n"),
        3 => text = text.replacen('\n', "\n\n", 3),
        4 => text = text.trim_end().to_owned(),
        5 => text = format!("{text}{text}"),
        _ => {}
    }
    match crl {
        Some(crl) if dice.once_in(6) => (text + &crl, None),
        crl => (text, crl),
    }
}
