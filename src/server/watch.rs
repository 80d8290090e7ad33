//! Files that change outside the editor.
