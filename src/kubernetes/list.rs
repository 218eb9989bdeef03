//! Lists objects page by page, either completely or not at all.

use std::time::Duration;

use serde_json::{Value, json};

use super::cluster::ClusterClient;
use super::error::{ApiError, RefusalKind};
use super::kinds::Resource;

/// The number of objects per page.
const PAGE: usize = 500;

/// How often an expired list is started over, and how often a page is retried if the server has a
/// problem.
const MAX_RETRIES: u32 = 3;

/// The longest pause before a page is retried.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

impl ClusterClient {
    /// All objects of a kind, in a namespace or in all of them, filtered by `fields`.
    ///
    /// # Errors
    /// [`ApiError`]: a list that cannot be read completely is an error.
    pub(super) async fn list(
        &self,
        resource: &Resource,
        namespace: Option<&str>,
        fields: &str,
    ) -> Result<Vec<Value>, ApiError> {
        let mut attempt = 1;
        loop {
            match self.pages(resource, namespace, fields).await {
                Err(error) if error.reason == RefusalKind::Gone && attempt < MAX_RETRIES => {
                    attempt += 1
                }
                ended => return ended,
            }
        }
    }

    async fn pages(
        &self,
        resource: &Resource,
        namespace: Option<&str>,
        fields: &str,
    ) -> Result<Vec<Value>, ApiError> {
        let Resource { api, plural, kind, version, .. } = resource;
        let place = match namespace.filter(|_| resource.namespaced) {
            Some(namespace) => format!("{api}/namespaces/{namespace}/{plural}"),
            None => format!("{api}/{plural}"),
        };
        let what = match namespace {
            Some(namespace) => format!("{plural} of namespace {namespace}"),
            None => format!("{plural} of all namespaces"),
        };
        let mut objects = Vec::new();
        let mut next = String::new();
        loop {
            let mut path = format!("{place}?limit={PAGE}");
            if !fields.is_empty() {
                path.push_str(&format!("&fieldSelector={}", escaped(fields)));
            }
            if !next.is_empty() {
                path.push_str(&format!("&continue={}", escaped(&next)));
            }
            let mut page = self.page(&path, &what).await?;
            let Some(items) = page["items"].as_array_mut() else {
                return Err(ApiError::not_kubernetes(&format!(
                    "its answer about {what} is not a list"
                )));
            };
            for mut item in std::mem::take(items) {
                // Lists of built-in kinds have it only once.
                item["apiVersion"] = json!(version);
                item["kind"] = json!(kind);
                objects.push(item);
            }
            next = page["metadata"]["continue"].as_str().unwrap_or_default().to_owned();
            if next.is_empty() {
                return Ok(objects);
            }
        }
    }

    /// Reads a page, waiting for a busy server.
    async fn page(&self, path: &str, what: &str) -> Result<Value, ApiError> {
        let mut pause = Duration::from_millis(500);
        let mut attempt = 1;
        loop {
            match self.read(path, what).await {
                Err(error) if error.reason == RefusalKind::Trouble && attempt < MAX_RETRIES => {
                    let asked = error.retry_after.unwrap_or(pause);
                    tokio::time::sleep(asked.min(LONGEST_PAUSE)).await;
                    pause *= 2;
                    attempt += 1;
                }
                answer => return answer,
            }
        }
    }
}

/// Escapes a text as a query value.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().fold(String::new(), |mut all, byte| {
        match plain(byte) {
            true => all.push(char::from(byte)),
            false => all.push_str(&format!("%{byte:02X}")),
        }
        all
    })
}
