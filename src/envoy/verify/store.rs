//! The trust store: certificates and CRLs in BoringSSL's search order.

use std::cmp::Ordering;

use crate::cert::x509::Crl;
use crate::cert::x509::Name;
use crate::cert::x509::X509;
use crate::envoy::EnvoyVersion;

/// libc++'s `std::sort` keeps equal elements in order up to this length; above, it may not.
const SORTED_IN_ORDER: usize = 24;

/// A certificate of the store, with the trust settings of a `TRUSTED CERTIFICATE` block.
#[derive(Debug, Clone)]
pub(crate) struct Anchor<'a> {
    pub(crate) certificate: X509<'a>,
    /// Whether the block rejects this certificate for TLS servers.
    pub(crate) rejects_servers: bool,
    /// Whether the block rejects it for TLS clients.
    pub(crate) rejects_clients: bool,
}

#[derive(Debug)]
pub(crate) struct Store<'a> {
    anchors: Vec<Anchor<'a>>,
    crls: Vec<Crl<'a>>,
    /// Whether the order of equal names is known.
    order_is_known: bool,
}

enum Object<'a> {
    Certificate(Box<Anchor<'a>>),
    Crl(Box<Crl<'a>>),
}

impl<'a> Object<'a> {
    fn key(&self) -> (u8, &Name<'a>) {
        match self {
            Self::Certificate(anchor) => (1, &anchor.certificate.subject),
            Self::Crl(crl) => (2, &crl.issuer),
        }
    }

    /// `x509_object_cmp`: certificates first, shorter names first.
    fn order(&self, other: &Self) -> Ordering {
        let ((kind, name), (other_kind, other_name)) = (self.key(), other.key());
        let (name, other_name) = (&name.canonical, &other_name.canonical);
        kind.cmp(&other_kind)
            .then(name.len().cmp(&other_name.len()))
            .then_with(|| name.cmp(other_name))
    }

    fn whole(&self) -> &'a [u8] {
        match self {
            Self::Certificate(anchor) => anchor.certificate.whole,
            Self::Crl(crl) => crl.whole,
        }
    }
}

/// Adds objects one by one, as Envoy does.
#[derive(Default)]
pub(crate) struct Loader<'a> {
    objects: Vec<Object<'a>>,
    seen: std::collections::HashSet<&'a [u8]>,
    heap: bool,
}

impl<'a> Loader<'a> {
    pub(crate) fn new(version: EnvoyVersion) -> Self {
        Self { heap: version.sorts_by_heap(), ..Self::default() }
    }

    pub(crate) fn add_certificate(&mut self, anchor: Anchor<'a>) {
        self.add(Object::Certificate(Box::new(anchor)));
    }

    pub(crate) fn add_crl(&mut self, crl: Crl<'a>) {
        self.add(Object::Crl(Box::new(crl)));
    }

    fn add(&mut self, object: Object<'a>) {
        // Looking for a duplicate sorts the stack each time, and each heap sort moves equal
        // elements. For `std::sort`, a single sort at the end gives the same result.
        if self.heap && self.objects.len() <= MOST_HEAP_SORTED {
            heap_sort(&mut self.objects);
        }
        if self.seen.insert(object.whole()) {
            self.objects.push(object);
        }
    }

    pub(crate) fn finish(mut self) -> Store<'a> {
        let order_is_known = if self.heap {
            self.objects.len() <= MOST_HEAP_SORTED
        } else {
            self.objects.len() <= SORTED_IN_ORDER
        };
        if self.heap && order_is_known {
            heap_sort(&mut self.objects);
        } else {
            self.objects.sort_by(Object::order);
        }
        let mut store = Store { anchors: Vec::new(), crls: Vec::new(), order_is_known };
        for object in self.objects {
            match object {
                Object::Certificate(anchor) => store.anchors.push(*anchor),
                Object::Crl(crl) => store.crls.push(*crl),
            }
        }
        store
    }
}

/// Sorting after each addition is quadratic; larger stores are sorted once, and their order of
/// equal names counts as unknown.
const MOST_HEAP_SORTED: usize = 500;

/// BoringSSL's own heap sort, since the order of equal elements depends on it.
fn heap_sort(objects: &mut [Object<'_>]) {
    if objects.len() < 2 {
        return;
    }
    for root in (0..=(objects.len() - 2) / 2).rev() {
        sink(objects, root, objects.len());
    }
    for end in (1..objects.len()).rev() {
        objects.swap(0, end);
        sink(objects, 0, end);
    }
}

fn sink(objects: &mut [Object<'_>], mut root: usize, end: usize) {
    loop {
        let mut next = root;
        for child in [2 * root + 1, 2 * root + 2] {
            if child < end && objects[next].order(&objects[child]) == Ordering::Less {
                next = child;
            }
        }
        if next == root {
            return;
        }
        objects.swap(root, next);
        root = next;
    }
}

impl<'a> Store<'a> {
    /// The certificates with this subject, in search order.
    fn named(&self, name: &Name<'_>) -> &[Anchor<'a>] {
        let start = self
            .anchors
            .partition_point(|anchor| compare(&anchor.certificate.subject, name) == Ordering::Less);
        let rest = &self.anchors[start..];
        let count = rest.partition_point(|anchor| anchor.certificate.subject == *name);
        &rest[..count]
    }

    /// The certificates that the search for an issuer of `subject` may find: one, or several if the
    /// order is unknown.
    pub(crate) fn issuers(&self, subject: &X509<'_>) -> Vec<&Anchor<'a>> {
        let fitting = self
            .named(&subject.issuer)
            .iter()
            .filter(|anchor| anchor.certificate.may_issue(subject));
        fitting.take(if self.order_is_known { 1 } else { usize::MAX }).collect()
    }

    /// Whether the order of objects with the same name is known.
    pub(crate) fn order_is_known(&self) -> bool {
        self.order_is_known
    }

    /// The store's copy of this certificate.
    pub(crate) fn same(&self, certificate: &X509<'_>) -> Option<&Anchor<'a>> {
        self.named(&certificate.subject)
            .iter()
            .find(|anchor| anchor.certificate.whole == certificate.whole)
    }

    /// The CRLs with this issuer, in search order.
    pub(crate) fn crls(&self, name: &Name<'_>) -> impl Iterator<Item = &Crl<'a>> {
        self.crls.iter().filter(move |crl| crl.issuer == *name)
    }
}

fn compare(one: &Name<'_>, two: &Name<'_>) -> Ordering {
    one.canonical.len().cmp(&two.canonical.len()).then_with(|| one.canonical.cmp(&two.canonical))
}
