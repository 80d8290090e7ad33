"""package.py VSIX: what is in the package. Sources and tests have slipped into packages before."""

import json
import re
import sys
import zipfile

vsix = zipfile.ZipFile(sys.argv[1])
folder = "extension/"


def check(what, good, detail=""):
    print("ok  " if good else "FAIL", what, detail)


files = sorted(name.removeprefix(folder) for name in vsix.namelist() if name.startswith(folder))
known = re.compile(
    r"LICENSE\.txt|readme\.md|changelog\.md|package(\.nls(\.ja)?)?\.json|rules\.md|l10n/bundle\.l10n\.ja\.json|dist/extension\.js|server/masthead"
    r"|images/[a-z-]+\.(png|svg)|walkthrough/[a-z]+(\.ja)?\.md"
)
check("only the files that belong there", all(known.fullmatch(file) for file in files), files)
check("the server and the bundle are among them", {"server/masthead", "dist/extension.js"} <= set(files))
target = re.search(r'TargetPlatform="([^"]+)"', vsix.read("extension.vsixmanifest").decode())
check("it is for one platform", target and target.group(1) == "linux-x64", target)
manifest = json.loads(vsix.read(folder + "package.json"))
contributes = manifest["contributes"]
rules = contributes["configuration"]["properties"]["masthead.rules"]["properties"]
check("the settings name the rules", "duplicate-key" in rules, len(rules))
strings, japanese = (json.loads(vsix.read(folder + name)) for name in ("package.nls.json", "package.nls.ja.json"))
named = json.dumps(manifest)
placeholders = set(re.findall(r'"%([\w.]+)%"', named))
check("every text of the manifest is there in English and in Japanese", placeholders == strings.keys() == japanese.keys(), placeholders ^ strings.keys() | placeholders ^ japanese.keys())
targets = re.compile(r"command:[\w.]+|walkthrough/\w+|`[^`]+`")
check("the Japanese ones lead to the same places", all(sorted(targets.findall(strings[key])) == sorted(targets.findall(japanese[key])) for key in strings))
bundle = json.loads(vsix.read(folder + "l10n/bundle.l10n.ja.json"))
code = vsix.read(folder + "dist/extension.js").decode()
said = {json.loads(f'"{text}"') for text in re.findall(r'\bl10n\.t\("((?:[^"\\]|\\.)*)"', code)}
check("every text that the code says is there in Japanese", said == bundle.keys(), said ^ bundle.keys())
named = json.dumps(contributes) + json.dumps(strings) + json.dumps(japanese)
images = [manifest["icon"]] + re.findall(r'"((?:images|walkthrough)/[^"]+)"', named)
check("every picture and page is there", all(image in files for image in images), images)
commands = {entry["command"] for entry in contributes["commands"]}
used = set(re.findall(r"(?:command:|onCommand:)(masthead\.(?:post|server)\.\w+)", named))
check("every command that is named is there", used <= commands, used - commands)
links = re.findall(r"\]\(((?:images|\.\./)[^)#]+)\)", vsix.read(folder + "readme.md").decode())
check("every picture of the page is there", all(link in files for link in links), links)
