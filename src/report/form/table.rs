//! Tables: one line per row, complete for `grep`, or fitted to the width of a terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, Width, presets};

use super::wrap::one_line;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) title: &'static str,
    /// Whether its cells may be cut if the terminal is too narrow.
    pub(crate) gives_way: bool,
}

/// The minimum width of a column that can be cut.
const NARROWEST: u16 = 8;

/// A column whose cells are never cut.
pub(crate) const fn whole(title: &'static str) -> Column {
    Column { title, gives_way: false }
}

/// A column whose cells are cut if there is no room.
pub(crate) const fn cut(title: &'static str) -> Column {
    Column { title, gives_way: true }
}

/// Draws a table; `fit` is the terminal's width, if it goes to one.
pub(crate) fn draw(
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<String>>,
    fit: Option<usize>,
    unicode: bool,
) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(columns.iter().map(|column| column.title));
    // A cell is always one line.
    let mut names = 0;
    for row in rows {
        names = names.max(row.first().map_or(0, |cell| cell.chars().count()));
        let mut row = Row::from(row.iter().map(|cell| one_line(cell)));
        row.max_height(1);
        table.add_row(row);
    }
    match fit {
        None => _ = table.set_content_arrangement(ContentArrangement::Disabled),
        Some(width) => {
            table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(u16::try_from(width).unwrap_or(u16::MAX))
                .set_truncation_indicator(if unicode { "…" } else { "~" })
                // Cut at the available width, not at a space.
                .set_delimiter('\u{1}')
                .set_constraints(columns.iter().enumerate().map(|(at, column)| {
                    // The first column identifies the rows, so it is cut last.
                    let least = if at == 0 { (names + 2).min(width / 3) } else { 0 };
                    let least = u16::try_from(least).unwrap_or(NARROWEST).max(NARROWEST);
                    match column.gives_way {
                        true => ColumnConstraint::LowerBoundary(Width::Fixed(least)),
                        false => ColumnConstraint::ContentWidth,
                    }
                }));
        }
    }
    // Each cell has a space on both sides; the first one is removed.
    let lines = table.lines().map(|line| {
        let line = line.trim_end();
        format!("{}\n", line.strip_prefix(' ').unwrap_or(line))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [cut("MAPPING"), cut("SERVICE"), whole("MODE")];

    fn rows() -> [Vec<String>; 2] {
        let long = "https://a-rather-long-service-name.of-a-namespace:8443";
        [("shop/cart", long), ("shop/web", "web")]
            .map(|(name, service)| vec![name.into(), service.into(), "mutual".to_owned()])
    }

    #[test]
    fn what_goes_to_a_pipe_is_whole() {
        let table = draw(&COLUMNS, rows(), None, true);
        assert!(table.contains("a-rather-long-service-name.of-a-namespace:8443"), "{table}");
        assert!(table.starts_with("MAPPING"), "{table}");
    }

    #[test]
    fn a_terminal_gets_lines_that_fit() {
        let table = draw(&COLUMNS, rows(), Some(40), true);
        assert!(table.lines().all(|line| line.chars().count() <= 40), "{table}");
        assert_eq!(table.lines().count(), 3, "{table}");
        assert_eq!(table.matches("mutual").count(), 2, "{table}");
        assert!(table.contains('…'), "{table}");
    }
}
