//! Fenced code blocks of Markdown.

/// A block between two fences.
#[derive(Debug)]
pub(super) struct Block {
    /// The info string of the opening fence: `console`, `yaml`.
    pub(super) info: String,
    /// Its first line, from 0.
    pub(super) start: usize,
    /// Its lines, without the fence's indentation.
    pub(super) lines: Vec<String>,
    /// Its indentation.
    pub(super) indent: usize,
}

/// All blocks of a page.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(String, Block)> = None;
    for (number, line) in page.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let ticks: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        match &mut open {
            Some((fence, _)) if ticks == *fence && line.trim() == ticks => {
                found.extend(open.take().map(|(_, block)| block));
            }
            Some((_, block)) => block.lines.push(line.get(block.indent..).unwrap_or("").to_owned()),
            None if ticks.len() >= 3 => {
                let info = line.trim_start()[ticks.len()..].trim().to_owned();
                open = Some((ticks, Block { info, start: number + 1, lines: Vec::new(), indent }));
            }
            None => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed: {open:?}");
    found
}
