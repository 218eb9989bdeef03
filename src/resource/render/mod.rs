//! Manifests that a program makes: a kustomization or a chart, rendered, with places that lead back
//! to the files that it was made of.

mod align;
mod helm;
mod kustomize;
mod program;

pub use helm::helm;
pub use kustomize::kustomize;
pub use program::RenderError;
