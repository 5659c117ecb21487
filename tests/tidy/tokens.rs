//! Rust source text as tokens: words, numbers and marks with their lines; comments and the contents of strings are left out.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword, `r#` taken off.
    Word,
    /// One character that is neither of the others.
    Mark,
    /// A number, a string or a character, without its contents.
    Literal,
}

/// One token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) line: usize,
}

impl Token {
    pub(crate) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Literal && self.text == text
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

/// The tokens of a Rust source text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, line: 1, tokens: Vec::new() };
    while reader.at < reader.chars.len() {
        reader.read_token();
    }
    reader.tokens
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn advance(&mut self) -> char {
        let next = self.peek(0);
        self.line += usize::from(next == '\n');
        self.at += 1;
        next
    }

    fn push(&mut self, kind: Kind, text: String, line: usize) {
        self.tokens.push(Token { kind, text, line });
    }

    fn read_token(&mut self) {
        let line = self.line;
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.chars.len() && self.peek(0) != '\n' {
                    self.advance();
                }
            }
            ('/', '*') => self.skip_block_comment(),
            ('"', _) => self.read_string(line),
            ('r' | 'b' | 'c', _) if self.opens_raw_string() => self.read_raw_string(line),
            ('b' | 'c', '"') => {
                self.advance();
                self.read_string(line);
            }
            ('b', '\'') => {
                self.advance();
                self.read_character(line);
            }
            ('\'', _) if self.opens_character() => self.read_character(line),
            ('\'', _) => {
                // A lifetime: it names nothing that a path could lead to.
                self.advance();
                while is_word_part(self.peek(0)) {
                    self.advance();
                }
            }
            (first, _) if first.is_ascii_digit() => {
                while is_word_part(self.peek(0)) || (self.peek(0) == '.' && self.peek(1).is_ascii_digit()) {
                    self.advance();
                }
                self.push(Kind::Literal, String::new(), line);
            }
            (first, _) if is_word_part(first) => self.read_word(line),
            (first, _) => {
                self.advance();
                if !first.is_whitespace() {
                    self.push(Kind::Mark, first.to_string(), line);
                }
            }
        }
    }

    fn read_word(&mut self, line: usize) {
        if self.peek(0) == 'r' && self.peek(1) == '#' && is_word_part(self.peek(2)) {
            self.at += 2;
        }
        let mut word = String::new();
        while is_word_part(self.peek(0)) {
            word.push(self.advance());
        }
        self.push(Kind::Word, word, line);
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                ('\0', _) if self.at >= self.chars.len() => return,
                _ => {
                    self.advance();
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    fn read_string(&mut self, line: usize) {
        self.advance();
        while self.at < self.chars.len() {
            match self.advance() {
                '\\' => drop(self.advance()),
                '"' => break,
                _ => {}
            }
        }
        self.push(Kind::Literal, String::new(), line);
    }

    /// `r"`, `r#"`, `br"`, `cr##"` and the like.
    fn opens_raw_string(&self) -> bool {
        let start = usize::from(self.peek(0) != 'r');
        if self.peek(start) != 'r' {
            return false;
        }
        let hashes = (start + 1..).take_while(|ahead| self.peek(*ahead) == '#').count();
        self.peek(start + 1 + hashes) == '"'
    }

    fn read_raw_string(&mut self, line: usize) {
        while matches!(self.peek(0), 'r' | 'b' | 'c') {
            self.advance();
        }
        let mut hashes = 0;
        while self.peek(0) == '#' {
            hashes += 1;
            self.advance();
        }
        self.advance();
        while self.at < self.chars.len() {
            let closes = self.advance() == '"' && (0..hashes).all(|ahead| self.peek(ahead) == '#');
            if closes {
                self.at += hashes;
                break;
            }
        }
        self.push(Kind::Literal, String::new(), line);
    }

    fn opens_character(&self) -> bool {
        self.peek(1) == '\\' || self.peek(2) == '\''
    }

    fn read_character(&mut self, line: usize) {
        self.advance();
        if self.advance() == '\\' {
            self.advance();
        }
        while self.at < self.chars.len() && self.advance() != '\'' {}
        self.push(Kind::Literal, String::new(), line);
    }
}

fn is_word_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[test]
fn comments_strings_and_lifetimes_hide_what_is_in_them() {
    let text = "a /* b /* c */ */ 'd' 'e \"f\" r#\"g\"# b'\\'' // h\nr#i 1.5 j::k";
    let words: Vec<String> =
        tokens(text).into_iter().filter(Token::is_word).map(|token| token.text).collect();
    assert_eq!(words, ["a", "i", "j", "k"]);
    assert_eq!(tokens(text).last().unwrap().line, 2);
}
