//! The symbols of a document as the protocol has them.

use tower_lsp::lsp_types as lsp;

use super::Places;
use crate::features::symbols::{Symbol, SymbolKind};

impl Places<'_> {
    /// An answer to `textDocument/documentSymbol`: a tree, or a list for a client that knows no trees.
    pub fn symbols(&self, symbols: &[Symbol]) -> lsp::DocumentSymbolResponse {
        if self.client.nested_symbols {
            return lsp::DocumentSymbolResponse::Nested(
                symbols.iter().map(|symbol| self.symbol(symbol)).collect(),
            );
        }
        let mut flat = Vec::new();
        self.flatten(symbols, None, &mut flat);
        lsp::DocumentSymbolResponse::Flat(flat)
    }

    #[allow(deprecated, reason = "`deprecated` is a field without a default")]
    fn symbol(&self, symbol: &Symbol) -> lsp::DocumentSymbol {
        let children = symbol.children.iter().map(|child| self.symbol(child)).collect();
        lsp::DocumentSymbol {
            name: symbol_name(symbol),
            detail: symbol.detail.clone(),
            kind: symbol_kind(symbol.kind),
            tags: None,
            deprecated: None,
            range: self.range(symbol.span.cover(symbol.name_span)),
            selection_range: self.range(symbol.name_span),
            children: Some(children).filter(|children: &Vec<_>| !children.is_empty()),
        }
    }

    #[allow(deprecated, reason = "`deprecated` is a field without a default")]
    fn flatten(&self, symbols: &[Symbol], container: Option<&str>, flat: &mut Vec<lsp::SymbolInformation>) {
        for symbol in symbols {
            flat.push(lsp::SymbolInformation {
                name: symbol_name(symbol),
                kind: symbol_kind(symbol.kind),
                tags: None,
                deprecated: None,
                location: lsp::Location { uri: self.uri.clone(), range: self.range(symbol.span) },
                container_name: container.map(str::to_owned),
            });
            self.flatten(&symbol.children, Some(&symbol.name), flat);
        }
    }
}

/// VS Code refuses a symbol without a name, and all others with it.
fn symbol_name(symbol: &Symbol) -> String {
    let name = symbol.name.trim();
    if name.is_empty() { "(empty)".to_owned() } else { name.to_owned() }
}

fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::FrontMatter => lsp::SymbolKind::NAMESPACE,
        SymbolKind::Key => lsp::SymbolKind::PROPERTY,
        SymbolKind::Heading => lsp::SymbolKind::STRING,
    }
}
