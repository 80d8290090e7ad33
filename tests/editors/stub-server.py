#!/usr/bin/env python3
"""A second Markdown server for the tests: it has a hover and a symbol anywhere, and a completion after `[[`."""
import json, sys

CAPABILITIES = {"positionEncoding": "utf-8", "textDocumentSync": 1, "hoverProvider": True, "documentSymbolProvider": True,
                "completionProvider": {"triggerCharacters": ["["]}, "renameProvider": True, "codeActionProvider": True}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
ANSWERS = {
    "initialize": {"capabilities": CAPABILITIES},
    "textDocument/hover": {"contents": {"kind": "markdown", "value": "the second server's hover"}},
    "textDocument/documentSymbol": [{"name": "second-server-symbol", "kind": 5, "range": RANGE, "selectionRange": RANGE}],
    "textDocument/codeAction": [{"title": "second server's action", "command": {"title": "none", "command": "none"}}],
}

texts = {}


def completion(params):
    position = params["position"]
    line = texts.get(params["textDocument"]["uri"], "").split("\n")[position["line"]]
    before = line.encode()[: position["character"]].decode()
    return [{"label": "second-server-word"}] if "[[" in before else None


while True:
    length = None
    while (line := sys.stdin.buffer.readline().strip()):
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    if length is None:
        break
    message = json.loads(sys.stdin.buffer.read(length))
    if message.get("method") == "exit":
        break
    params = message.get("params") or {}
    if message.get("method") == "textDocument/didOpen":
        texts[params["textDocument"]["uri"]] = params["textDocument"]["text"]
    if message.get("method") == "textDocument/didChange":
        texts[params["textDocument"]["uri"]] = params["contentChanges"][-1]["text"]
    if "id" in message and "method" in message:
        is_completion = message["method"] == "textDocument/completion"
        result = completion(params) if is_completion else ANSWERS.get(message["method"])
        body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
        sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        sys.stdout.buffer.flush()
