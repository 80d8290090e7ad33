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
    r"LICENSE\.txt|readme\.md|changelog\.md|package\.json|dist/extension\.js|server/masthead"
    r"|images/[a-z-]+\.(png|svg)|walkthrough/[a-z]+\.md"
)
check("only the files that belong there", all(known.fullmatch(file) for file in files), files)
check("the server and the bundle are among them", {"server/masthead", "dist/extension.js"} <= set(files))
target = re.search(r'TargetPlatform="([^"]+)"', vsix.read("extension.vsixmanifest").decode())
check("it is for one platform", target and target.group(1) == "linux-x64", target)
manifest = json.loads(vsix.read(folder + "package.json"))
contributes = manifest["contributes"]
rules = contributes["configuration"]["properties"]["masthead.rules"]["properties"]
check("the settings name the rules", "duplicate-key" in rules, len(rules))
named = json.dumps(contributes)
images = [manifest["icon"]] + re.findall(r'"((?:images|walkthrough)/[^"]+)"', named)
check("every picture and page is there", all(image in files for image in images), images)
commands = {entry["command"] for entry in contributes["commands"]}
used = set(re.findall(r"(?:command:|onCommand:)(masthead\.(?:post|server)\.\w+)", named))
check("every command that is named is there", used <= commands, used - commands)
links = re.findall(r"\]\(((?:images|\.\./)[^)#]+)\)", vsix.read(folder + "readme.md").decode())
check("every picture of the page is there", all(link in files for link in links), links)
