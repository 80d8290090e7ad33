"""Holds what the server sent in recorded sessions to the LSP meta model, by way of the package lsprotocol.

python check.py FOLDER: the folder has what the tests wrote with MASTHEAD_RECORD. Closes with 'N passed, N failed', a
message each. A message fails where its shape is not the one of its type, where it has a member that the type does not
know, or where it answers nothing.
"""

import json
import pathlib
import sys

from lsprotocol import converters, types

converter = converters.get_converter()
seen: dict[str, int] = {}
failures: list[str] = []


def stripped(value):
    """Without members that are null: whether those are written is the writer's choice."""
    if isinstance(value, dict):
        return {key: stripped(inner) for key, inner in value.items() if inner is not None}
    return [stripped(inner) for inner in value] if isinstance(value, list) else value


def check(message, kind, name):
    """The message read as its type and written again is the same message."""
    seen[name] = seen.get(name, 0) + 1
    try:
        again = json.loads(json.dumps(converter.unstructure(converter.structure(message, kind))))
    except Exception as error:  # The converter raises whatever it meets.
        failures.append(f"{name}: {error!r} in {json.dumps(message, ensure_ascii=False)[:400]}")
        return
    sent, again = stripped(message), stripped(again)
    again.setdefault("jsonrpc", "2.0")
    if sent != again:
        failures.append(f"{name}: {json.dumps(sent, ensure_ascii=False)[:400]} reads as {json.dumps(again, ensure_ascii=False)[:400]}")


def session(lines):
    asked, ours = {}, {}
    for line in lines:
        sender, _, body = line.partition(" ")
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            continue  # Some tests send what is no JSON.
        if not isinstance(message, dict):
            continue
        method, id = message.get("method"), message.get("id")
        if sender == "client":
            if isinstance(method, str) and isinstance(id, (int, str)):
                asked[json.dumps(id)] = method
            continue
        if message.get("jsonrpc") != "2.0":
            failures.append(f"no jsonrpc in {body[:200]}")
        if method is None and "error" in message:
            check(message, types.ResponseErrorMessage, "error")
        elif method is None:
            question = asked.get(json.dumps(id))
            known = types.METHOD_TO_TYPES.get(question)
            if known is None or known[1] is None:
                failures.append(f"an answer to nothing: {body[:200]}")
            elif "result" not in message:
                failures.append(f"an answer without a result: {body[:200]}")
            else:
                check(message, known[1], question)
        elif method not in types.METHOD_TO_TYPES:
            failures.append(f"an unknown method: {body[:200]}")
        else:
            direction = types.message_direction(method)
            if direction == "clientToServer":
                failures.append(f"a server does not send {method}")
            if id is not None and json.dumps(id) in ours:
                failures.append(f"two requests with one id: {body[:200]}")
            ours[json.dumps(id)] = method
            check(message, types.METHOD_TO_TYPES[method][0], method)


folder = pathlib.Path(sys.argv[1])
for record in sorted(folder.glob("*.txt")):
    session(record.read_text(encoding="utf-8").split("\n"))
for failure in sorted(set(failures)):
    print(failure)
for name, count in sorted(seen.items()):
    print(f"{count:6} {name}")
wanted = {"initialize", "textDocument/completion", "textDocument/hover", "textDocument/publishDiagnostics", "error"}
missing = sorted(wanted - seen.keys())
if missing:
    failures.append(f"never sent: {missing}")
    print(failures[-1])
print(f"{sum(seen.values()) - len(failures)} passed, {len(failures)} failed")
sys.exit(1 if failures else 0)
