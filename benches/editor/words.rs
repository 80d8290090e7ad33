//! What the generated posts are written with.

/// Sentences of Japanese bodies.
pub const JAPANESE: &[&str] = &[
    "今日は毎日の仕事を少しだけ楽にする小さな道具について書きます。",
    "設定ファイルは一つにまとめて、どの機械でも同じように動くようにしました。",
    "最初は遅いと思っていましたが、測ってみると原因はまったく別のところにありました。",
    "ログを読むときは、いちばん上の一行から順番に確かめるのが結局いちばん早いです。",
    "この記事で使ったコードは、すべて手元の環境で実際に動かして確かめています。",
    "「動けばよい」と考えて書いた部分ほど、あとから直すのに時間がかかります。",
    "生成ＡＩに要約を頼むと、大事な数字が抜け落ちることがあるので注意が必要です🙂。",
    "前回の続きとして、データベースの索引を作り直す手順をまとめておきます。",
    "週末に京都まで出かけて、古い印刷所を見学させてもらいました。",
    "文字コードの話は何度書いても、新しい落とし穴が見つかります。",
    "詳しい手順は公式の文書にありますが、つまずきやすい点だけここに残します。",
    "来月はサーバーの移行を予定しているので、その準備も少しずつ進めています。",
];

/// Sentences of English bodies.
pub const ENGLISH: &[&str] = &[
    "Today I want to write about a small tool that makes the daily work a little easier.",
    "The configuration lives in one file, so every machine behaves in the same way.",
    "At first it seemed slow, but a measurement showed that the cause was somewhere else entirely.",
    "When reading a log, it is usually quickest to start at the first line and go down.",
    "All the code in this post was run before it was published.",
    "The parts that were written in a hurry are the parts that cost the most time later.",
    "A summary made by a program often loses the one number that matters.",
    "This continues the last post, with the steps to build the index again.",
    "On the weekend we visited an old printing house and learned how type was set by hand.",
    "Every article about encodings finds yet another trap to fall into.",
    "The details are in the manual; here are only the places where one stumbles.",
    "Next month the server moves, and the preparations have begun.",
];

/// Stems of tags: with a number they make as many as are wanted.
pub const TAGS: &[&str] = &[
    "生成AI",
    "Rust",
    "サーバー",
    "日記",
    "JavaScript",
    "機械学習",
    "Linux",
    "ニュース",
    "データベース",
    "Web",
    "読書",
    "Python",
    "旅行",
    "security",
    "ﾃｽﾄ",
    "ＡＰＩ",
    "京都",
    "design",
    "写真",
    "Docker",
];

/// Stems of titles.
pub const TITLES: &[&str] = &[
    "小さな道具の話",
    "索引を作り直す",
    "A small tool",
    "京都の印刷所",
    "文字コードの落とし穴",
    "Reading logs",
    "サーバーの移行",
    "Measure first",
    "生成AIと要約",
    "今週のまとめ",
];
