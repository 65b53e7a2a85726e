//! What the pictures look like, and what they may never do.

mod build;
mod samples;
mod svg;
mod text;
