//! Items by name, and functions by line.

use anyhow::{Context, Result};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// An item of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// How it is asked for: `transfer`, `Queue`, `impl Queue`, `Queue::next`.
    pub name: String,
    /// Its first line, with documentation and attributes, and its last.
    pub lines: (usize, usize),
}

/// All items of a file; those of modules and impls too.
///
/// # Errors
/// When the file is not Rust.
pub fn items(source: &str) -> Result<Vec<Item>> {
    let file = syn::parse_file(source).context("it cannot be read as Rust")?;
    let mut collect = Collect {
        lines: source.lines().collect(),
        path: Vec::new(),
        items: Vec::new(),
    };
    for item in &file.items {
        collect.item(item);
    }
    Ok(collect.items)
}

struct Collect<'s> {
    lines: Vec<&'s str>,
    path: Vec<String>,
    items: Vec<Item>,
}

impl Collect<'_> {
    fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Fn(i) => self.add(&i.sig.ident.to_string(), item),
            syn::Item::Struct(i) => self.add(&i.ident.to_string(), item),
            syn::Item::Enum(i) => self.add(&i.ident.to_string(), item),
            syn::Item::Union(i) => self.add(&i.ident.to_string(), item),
            syn::Item::Type(i) => self.add(&i.ident.to_string(), item),
            syn::Item::Const(i) => self.add(&i.ident.to_string(), item),
            syn::Item::Static(i) => self.add(&i.ident.to_string(), item),
            syn::Item::Macro(i) => {
                if let Some(ident) = &i.ident {
                    self.add(&ident.to_string(), item);
                }
            }
            syn::Item::Mod(i) => {
                self.add(&i.ident.to_string(), item);
                self.path.push(i.ident.to_string());
                for inner in i.content.iter().flat_map(|(_, items)| items) {
                    self.item(inner);
                }
                self.path.pop();
            }
            syn::Item::Trait(i) => {
                self.add(&i.ident.to_string(), item);
                self.path.push(i.ident.to_string());
                for inner in &i.items {
                    match inner {
                        syn::TraitItem::Fn(f) => self.add(&f.sig.ident.to_string(), inner),
                        syn::TraitItem::Const(c) => self.add(&c.ident.to_string(), inner),
                        syn::TraitItem::Type(t) => self.add(&t.ident.to_string(), inner),
                        _ => {}
                    }
                }
                self.path.pop();
            }
            syn::Item::Impl(i) => self.implementation(i),
            _ => {}
        }
    }

    fn implementation(&mut self, block: &syn::ItemImpl) {
        let of = type_name(&block.self_ty);
        let name = match &block.trait_ {
            Some((path, _)) => {
                let last = path.segments.last().map(|s| s.ident.to_string());
                format!("impl {} for {of}", last.unwrap_or_default())
            }
            None => format!("impl {of}"),
        };
        self.add(&name, block);
        self.path.push(of);
        for inner in &block.items {
            match inner {
                syn::ImplItem::Fn(f) => self.add(&f.sig.ident.to_string(), inner),
                syn::ImplItem::Const(c) => self.add(&c.ident.to_string(), inner),
                syn::ImplItem::Type(t) => self.add(&t.ident.to_string(), inner),
                _ => {}
            }
        }
        self.path.pop();
    }

    fn add(&mut self, name: &str, item: &impl ToTokens) {
        let span = item.span();
        let mut first = span.start().line;
        // A comment right above belongs to it.
        while first > 1 && self.lines[first - 2].trim_start().starts_with("//") {
            first -= 1;
        }
        let mut path = self.path.clone();
        path.push(name.to_owned());
        self.items.push(Item {
            name: path.join("::"),
            lines: (first, span.end().line),
        });
    }
}

/// A type without its generics: `Queue<T>` is `Queue`.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => {
            let last = path.path.segments.last();
            last.map(|s| s.ident.to_string()).unwrap_or_default()
        }
        syn::Type::Reference(reference) => type_name(&reference.elem),
        other => other.to_token_stream().to_string(),
    }
}

/// The lines of every function of a file, those within functions too; documentation and
/// attributes left out.
///
/// # Errors
/// When the file is not Rust.
pub fn functions(source: &str) -> Result<Vec<(usize, usize)>> {
    struct Functions(Vec<(usize, usize)>);
    impl Functions {
        fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
            let (first, last) = (signature.span().start(), block.span().end());
            self.0.push((first.line, last.line));
        }
    }
    impl<'ast> Visit<'ast> for Functions {
        fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
            self.add(&item.sig, &item.block);
            visit::visit_item_fn(self, item);
        }
        fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
            self.add(&item.sig, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
        fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
            if let Some(block) = &item.default {
                self.add(&item.sig, block);
            }
            visit::visit_trait_item_fn(self, item);
        }
    }
    let file = syn::parse_file(source).context("it cannot be read as Rust")?;
    let mut functions = Functions(Vec::new());
    functions.visit_file(&file);
    functions.0.sort_unstable();
    Ok(functions.0)
}
