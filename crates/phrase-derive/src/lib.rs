//! Macros that make phrases: `phrase!` of one pattern, `Phrased` of every variant of an error.
//!
//! A pattern that reads "…expected A, found B" is taken apart here, when the program is compiled, so that nothing has to
//! take a sentence apart when it runs.

mod pattern;
mod variants;

use proc_macro::TokenStream;

/// A phrase: `phrase!("id", "pattern with {names}", name = value, …)`; names without a value are taken from the scope.
#[proc_macro]
pub fn phrase(input: TokenStream) -> TokenStream {
    let parsed = syn::parse::<pattern::PhraseCall>(input);
    parsed.map_or_else(syn::Error::into_compile_error, |call| call.expand()).into()
}

/// A phrase for each variant, from the `#[error("…")]` that `thiserror` reads: the id is the name of the type and of the
/// variant, in lower case with hyphens.
#[proc_macro_derive(Phrased)]
pub fn derive_phrased(input: TokenStream) -> TokenStream {
    let parsed = syn::parse::<syn::DeriveInput>(input);
    parsed
        .and_then(|input| variants::expand_phrased(&input))
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
