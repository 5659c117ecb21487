//! Signs that nobody sees: two texts that differ by one of them look the same.

/// Whether a sign has no shape of its own on a page or a screen, or turns or breaks what stands around it: joiners, fillers,
/// marks of direction, separators of lines, variation selectors, tags. Controls and white space are told by
/// [`char::is_control`] and [`char::is_whitespace`].
#[must_use]
pub fn is_unseen(sign: char) -> bool {
    matches!(
        u32::from(sign),
        0xAD | 0x34F
            | 0x61C
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0x2800
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0x1D173..=0x1D17A
            | 0xE0000..=0xE0FFF
    )
}
