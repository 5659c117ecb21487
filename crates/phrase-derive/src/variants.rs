//! Every variant of an error as a phrase, from the pattern that `thiserror` reads.

use heck::ToKebabCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident};

use crate::pattern::PatternCall;

/// The implementation of `Phrased` for a type.
pub(crate) fn expand_phrased(input: &DeriveInput) -> syn::Result<TokenStream> {
    let name = &input.ident;
    let kebab = name.to_string().to_kebab_case();
    let arms = match &input.data {
        Data::Enum(data) => data
            .variants
            .iter()
            .map(|variant| {
                let own = &variant.ident;
                let id = format!("{kebab}-{}", own.to_string().to_kebab_case());
                // What the whole enum says stands for a variant that says nothing of its own.
                let attributes = if has_pattern(&variant.attrs) { &variant.attrs } else { &input.attrs };
                expand_arm(&id, &quote!(Self::#own), &variant.fields, attributes, own)
            })
            .collect::<syn::Result<Vec<_>>>()?,
        Data::Struct(data) => vec![expand_arm(&kebab, &quote!(Self), &data.fields, &input.attrs, name)?],
        Data::Union(_) => return Err(Error::new_spanned(name, "expected an enum or a struct")),
    };
    let (impls, types, wheres) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #impls ::phrase::Phrased for #name #types #wheres {
            #[allow(unused_variables, clippy::too_many_lines, clippy::all)]
            fn phrase(&self) -> ::phrase::Phrase {
                match self { #(#arms)* }
            }
        }

        #[automatically_derived]
        impl #impls ::phrase::ToArgument for #name #types #wheres {
            fn to_argument(&self) -> ::phrase::Argument {
                ::phrase::Argument::of_phrase(::phrase::Phrased::phrase(self))
            }
        }
    })
}

fn has_pattern(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("error"))
}

fn expand_arm(
    id: &str,
    path: &TokenStream,
    fields: &Fields,
    attributes: &[Attribute],
    at: &Ident,
) -> syn::Result<TokenStream> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("error"));
    let attribute = attribute.ok_or_else(|| Error::new_spanned(at, "expected #[error(\"…\")]"))?;
    let names: Vec<Ident> = fields
        .iter()
        .enumerate()
        .map(|(place, field)| field.ident.clone().unwrap_or_else(|| format_ident!("field_{place}")))
        .collect();
    let bound = match fields {
        Fields::Named(_) => quote!(#path { #(#names),* }),
        Fields::Unnamed(_) => quote!(#path(#(#names),*)),
        Fields::Unit => path.clone(),
    };
    let transparent = attribute.parse_args::<Ident>().is_ok_and(|word| word == "transparent");
    let said = if transparent {
        let inner = names.first().ok_or_else(|| Error::new_spanned(at, "expected one field"))?;
        quote! {{
            #[allow(unused_imports)]
            use ::phrase::expansion::{ByDisplay as _, ByValue as _};
            ::phrase::Phrase::from((&&::phrase::expansion::OfKind(#inner)).find_argument())
        }}
    } else {
        let call = attribute.parse_args::<PatternCall>()?.with_fields();
        let unnamed = matches!(fields, Fields::Unnamed(_));
        call.expand(id, &|number| names.get(number).filter(|_| unnamed).map(|name| quote!(#name)))
    };
    Ok(quote!(#bound => #said,))
}
