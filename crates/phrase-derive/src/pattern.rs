//! One pattern and its parameters, written out as code that makes a phrase.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{
    Ident, LitStr, Token,
    parse::{Parse, ParseStream},
};

/// The words of a call: id, pattern, parameters.
pub(crate) struct PhraseCall {
    id: LitStr,
    pattern: PatternCall,
}

/// A pattern and its parameters, as `format!` takes them.
pub(crate) struct PatternCall {
    pattern: LitStr,
    named: Vec<(String, TokenStream)>,
    positional: Vec<TokenStream>,
}

impl Parse for PhraseCall {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let id = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok(Self { id, pattern: input.parse()? })
    }
}

impl PhraseCall {
    pub(crate) fn expand(&self) -> TokenStream {
        self.pattern.expand(&self.id.value(), &|_| None)
    }
}

impl Parse for PatternCall {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let pattern = input.parse()?;
        let (mut named, mut positional) = (Vec::new(), Vec::new());
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let name = if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) {
                let name: Ident = input.parse()?;
                input.parse::<Token![=]>()?;
                Some(name.to_string())
            } else {
                None
            };
            let mut value = TokenStream::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                value.extend([input.parse::<TokenTree>()?]);
            }
            match name {
                Some(name) => named.push((name, value)),
                None => positional.push(value),
            }
        }
        Ok(Self { pattern, named, positional })
    }
}

/// A place in a pattern: its name there, the value, the format.
struct Placeholder {
    name: String,
    value: TokenStream,
    format: String,
}

impl PatternCall {
    /// Code that makes the phrase; `field` gives the value of a numbered place, if it is a field of a tuple.
    pub(crate) fn expand(&self, id: &str, field: &dyn Fn(usize) -> Option<TokenStream>) -> TokenStream {
        let (text, places) = self.read_places(field);
        let arguments = places.iter().map(|place| {
            let Placeholder { name, value, format } = place;
            let argument = if format.is_empty() {
                quote! {{
                    #[allow(unused_imports)]
                    use ::phrase::expansion::{ByDisplay as _, ByValue as _};
                    (&&::phrase::expansion::OfKind(&(#value))).find_argument()
                }}
            } else {
                let shown = format!("{{{format}}}");
                quote!(::phrase::Argument::Text(::phrase::expansion::format!(#shown, #value)))
            };
            quote!((::phrase::expansion::Cow::Borrowed(#name), #argument))
        });
        let pattern = expand_pattern(&text);
        quote!(::phrase::Phrase::of_parts(#id, #pattern, ::phrase::expansion::vec![#(#arguments),*]))
    }

    /// The pattern with a name at each place, and the places.
    fn read_places(&self, field: &dyn Fn(usize) -> Option<TokenStream>) -> (String, Vec<Placeholder>) {
        let whole = self.pattern.value();
        let (mut text, mut places, mut next) = (String::new(), Vec::<Placeholder>::new(), 0);
        let mut rest = whole.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, mark) = rest.split_at(at);
            text.push_str(before);
            if mark.starts_with("{{") || mark.starts_with("}}") {
                text.push_str(mark.get(..2).unwrap_or_default());
                rest = mark.get(2..).unwrap_or_default();
                continue;
            }
            let (inside, after) = mark.get(1..).and_then(|mark| mark.split_once('}')).unwrap_or_default();
            rest = after;
            let (name, format) = inside.split_at(inside.find(':').unwrap_or(inside.len()));
            let (name, value) = self.find_value(name, &mut next, field);
            text.push_str(&format!("{{{name}}}"));
            if places.iter().all(|place| place.name != name) {
                places.push(Placeholder { name, value, format: format.to_owned() });
            }
        }
        text.push_str(rest);
        (text, places)
    }

    fn find_value(
        &self,
        name: &str,
        next: &mut usize,
        field: &dyn Fn(usize) -> Option<TokenStream>,
    ) -> (String, TokenStream) {
        let number = if name.is_empty() {
            *next += 1;
            Some(*next - 1)
        } else {
            name.parse().ok()
        };
        let Some(number) = number else {
            let given = self.named.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
            let ident = Ident::new(name, Span::call_site());
            return (name.to_owned(), given.unwrap_or_else(|| quote!(#ident)));
        };
        let own = self.positional.get(number).cloned().or_else(|| field(number));
        let unknown = || {
            let message = format!("no value for the place {number} of the pattern");
            quote!(::core::compile_error!(#message))
        };
        // Places without a name have letters in the catalogues: a, b, c.
        let letter = char::from(b'a'.saturating_add(u8::try_from(number).unwrap_or_default()));
        let name =
            if self.positional.get(number).is_some() { format!("p{letter}") } else { letter.to_string() };
        (name, own.unwrap_or_else(unknown))
    }

    /// The same pattern with the parameters of a variant: `.path` is the field `path`, `.0` the first of a tuple.
    pub(crate) fn with_fields(self) -> Self {
        let named = self.named.into_iter().map(|(name, value)| (name, bind_fields(value))).collect();
        let positional = self.positional.into_iter().map(bind_fields).collect();
        Self { pattern: self.pattern, named, positional }
    }
}

/// A leading `.name` or `.0` as the variable that holds the field.
fn bind_fields(value: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = value.into_iter().collect();
    let mut bound = TokenStream::new();
    let mut before_is_value = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        if is_dot && !before_is_value {
            match tokens.next() {
                Some(TokenTree::Literal(number)) => {
                    let name = format_ident!("field_{}", number.to_string());
                    bound.extend([TokenTree::Ident(name)]);
                }
                Some(other) => bound.extend([other]),
                None => {}
            }
            before_is_value = true;
            continue;
        }
        before_is_value = match &token {
            TokenTree::Group(group) => {
                let inside = bind_fields(group.stream());
                let mut group = proc_macro2::Group::new(group.delimiter(), inside);
                group.set_span(token.span());
                bound.extend([TokenTree::Group(group)]);
                true
            }
            TokenTree::Punct(punct) => {
                let ends = punct.as_char() == '?';
                bound.extend([token.clone()]);
                ends
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                bound.extend([token.clone()]);
                true
            }
        };
    }
    bound
}

/// A pattern in halves where it reads "expected A, found B", else whole.
fn expand_pattern(text: &str) -> TokenStream {
    let apart = text
        .split_once("expected ")
        .filter(|(before, _)| before.is_empty() || before.ends_with(": ") || before.ends_with(", "))
        .and_then(|(before, after)| Some((before, after.split_once(", found ")?)));
    match apart {
        Some((before, (expected, found))) => quote! {
            ::phrase::expansion::Pattern::Halves {
                before: ::phrase::expansion::Cow::Borrowed(#before),
                expected: ::phrase::expansion::Cow::Borrowed(#expected),
                found: ::phrase::expansion::Cow::Borrowed(#found),
            }
        },
        None => quote!(::phrase::expansion::Pattern::Whole(::phrase::expansion::Cow::Borrowed(#text))),
    }
}
