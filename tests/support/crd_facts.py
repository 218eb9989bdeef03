"""Writes src/resource/schema/fields.txt: what the CRDs of Emissary's releases say of each field.

    crd_facts.py 2.5.1=crds-2.5.1.yaml ... 4.1.0=crds-4.1.0.yaml > src/resource/schema/fields.txt

Each argument names a release and the file with its CustomResourceDefinitions
(`manifests/emissary/emissary-crds.yaml.in` at its tag up to 3.10, `pkg/api/getambassador.io/crds.yaml`
from 4.0 on). Types are those of the last release; the earlier ones tell since when a field exists.
Descriptions are not read. Needs PyYAML.
"""

import sys

import yaml


def schemas(path):
    """The schema of each kind's spec, by kind and version."""
    found = {}
    for document in yaml.safe_load_all(open(path, encoding="utf-8")):
        if not document or document.get("kind") != "CustomResourceDefinition":
            continue
        kind = document["spec"]["names"]["kind"]
        for version in document["spec"]["versions"]:
            spec = version["schema"]["openAPIV3Schema"].get("properties", {}).get("spec")
            if spec:
                found[kind, version["name"]] = spec
    return found


def paths(schema, path=()):
    """Every field's path."""
    yield path
    for name, below in schema.get("properties", {}).items():
        yield from paths(below, (*path, name))
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from paths(schema[key], path)


def described(schema):
    """The type, in the words of fields.txt, and the schema whose fields follow below."""
    kind = schema.get("type")
    if "oneOf" in schema:
        words = []
        for choice in schema["oneOf"]:
            if choice["type"] == "array":
                item = described(schema["items"])[0] if "items" in schema else "any"
                words.append(f"[{item}]")
            else:
                words.append("open" if choice["type"] == "object" else choice["type"])
        return "|".join(words), None
    if "enum" in schema:
        values = schema["enum"]
        if kind == "integer":
            return "code " + " ".join(map(str, values)), None
        return " ".join(f'"{value}"' for value in values), None
    if "pattern" in schema:
        return f"/{schema['pattern']}/", None
    if kind == "integer" and "maximum" in schema:
        return f"{schema['minimum']}..{schema['maximum']}", None
    if kind == "array":
        word, below = described(schema["items"])
        return f"[{word}]" + ("+" if schema.get("minItems") else ""), below
    if kind == "object" and "properties" in schema:
        return ("single" if schema.get("maxProperties") == 1 else "object"), schema
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        word, below = described(schema["additionalProperties"])
        return "{" + word + "}" + ("!" if schema.get("maxProperties") == 1 else ""), below
    if kind == "object":
        return "open", None
    return kind or "any", None


def since(path, releases, key):
    """The releases from which on a field exists and is missing in turn, if it has not always been."""
    words, before = "", True
    for position, (release, by_path) in enumerate(releases):
        has = path in by_path.get(key, ())
        if has != before and not (position == 0 and has):
            words += f" {'since' if has else 'until'} {release}" if words or has else ""
        before = has
    return words


def main():
    given = [argument.split("=", 1) for argument in sys.argv[1:]]
    loaded = [(release, schemas(path)) for release, path in given]
    releases = [
        (release, {key: set(paths(spec)) for key, spec in found.items()})
        for release, found in loaded
    ]
    print("# Written by tests/support/crd_facts.py from the CRDs of Emissary", end=" ")
    print(f"{given[0][0]} to {given[-1][0]}; do not edit.")

    def fields(schema, path, key, depth, sure):
        required = schema.get("required", [])
        for name, below in sorted(schema.get("properties", {}).items()):
            word, inner = described(below)
            here = (*path, name)
            # Before 4.0 the installed CRDs left out what has several types, and kept it.
            mark = "" if sure or "oneOf" in below else since(here, releases, key)
            print("  " * depth + name + ("*" if name in required else ""), word + mark)
            if inner:
                fields(inner, here, key, depth + 1, sure or bool(mark))

    for key, spec in sorted(loaded[-1][1].items()):
        if key[1] == "v1":
            continue
        print(f"{key[0]} {key[1]}")
        fields(spec, (), key, 1, False)


main()
