"""Writes the binary golden files beside it: pyarrow, fastavro, openpyxl, sqlite3, zipfile. Run once; the files are kept."""
import datetime as dt, decimal, io, os, sqlite3, uuid, zipfile
import fastavro, openpyxl, pyarrow as pa, pyarrow.feather as feather
from openpyxl.styles import Font

here = os.path.dirname(os.path.abspath(__file__))
at = lambda name: os.path.join(here, name)
rows = [dict(id=i, x=i / 8, name=f"n{i % 4}", ok=i % 2 == 0, day=dt.date(2020, 1, i % 28 + 1)) for i in range(40)]

# the forty rows of the contract test
table = pa.Table.from_pylist(rows)
with pa.ipc.new_file(at("small.arrow"), table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as w:
    w.write_table(table, max_chunksize=16)
schema = dict(type="record", name="r", fields=[dict(name="id", type="int"), dict(name="x", type="double"), dict(name="name", type="string"), dict(name="ok", type="boolean"), dict(name="day", type=dict(type="int", logicalType="date"))])
with open(at("small.avro"), "wb") as f:
    fastavro.writer(f, schema, rows, codec="deflate", sync_interval=200)
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "rows"
sheet.append(["id", "x", "name", "ok", "day"])
for r in rows:
    sheet.append(list(r.values()))
book.save(at("small.xlsx"))
if os.path.exists(at("small.sqlite")):
    os.remove(at("small.sqlite"))
db = sqlite3.connect(at("small.sqlite"))
db.execute("pragma page_size = 512")
db.execute("create table t (id integer primary key, x real, name text, ok boolean, day date)")
db.executemany("insert into t values (?,?,?,?,?)", [(r["id"], r["x"], r["name"], r["ok"], r["day"].isoformat()) for r in rows])
db.commit()
db.close()

def ods(name, sheets):
    cell = lambda v: "<table:table-cell/>" if v is None else v if isinstance(v, str) and v.startswith("<") else f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(v).lower()}"><text:p>{str(v).upper()}</text:p></table:table-cell>' if isinstance(v, bool) else f'<table:table-cell office:value-type="float" office:value="{v!r}"><text:p>{v}</text:p></table:table-cell>' if isinstance(v, (int, float)) else f'<table:table-cell office:value-type="date" office:date-value="{v.isoformat()}"><text:p>{v}</text:p></table:table-cell>' if isinstance(v, dt.date) else f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>'
    body = "".join(f'<table:table table:name="{t}"><table:table-column table:number-columns-repeated="5"/>' + "".join("<table:table-row>" + "".join(map(cell, r)) + "</table:table-row>" if isinstance(r, list) else r for r in rs) + "</table:table>" for t, rs in sheets.items())
    xml = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(at(name), "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        z.writestr("content.xml", xml)

ods("small.ods", {"rows": [list(rows[0])] + [list(r.values()) for r in rows]})

# what else the formats can hold
D = decimal.Decimal
types = pa.table({
    "wide": pa.array([1, 2**60 + 1, None], pa.int64()),
    "u8": pa.array([0, 255, None], pa.uint8()),
    "half": pa.array([1.5, -0.25, None], pa.float16()),
    "dec": pa.array([D("12.34"), D("-0.05"), None], pa.decimal128(10, 2)),
    "when": pa.array([dt.datetime(2021, 3, 4, 5, 6, 7, 891000), dt.datetime(1900, 1, 1), None], pa.timestamp("us")),
    "zone": pa.array([dt.datetime(2021, 3, 4, 5, 6, 7), None, dt.datetime(2000, 1, 1)], pa.timestamp("s", "Europe/Athens")),
    "d64": pa.array([dt.date(2021, 3, 4), None, dt.date(1969, 12, 31)], pa.date64()),
    "clock": pa.array([dt.time(1, 2, 3), None, dt.time(0, 0, 1)], pa.time32("ms")),
    "took": pa.array([1500, None, 2], pa.duration("us")),
    "cat": pa.array(["b", "a", None]).dictionary_encode(),
    "large": pa.array(["é", "", None], pa.large_utf8()),
    "view": pa.array(["short", "a string longer than twelve bytes", None], pa.string_view()),
    "bin": pa.array([b"\x00\xff", b"ok", None], pa.binary()),
    "home": pa.array([dict(city="Bern", at=dict(lat=1.5)), None, dict(city=None, at=dict(lat=2.5))]),
    "list": pa.array([[1, 2], [], None], pa.list_(pa.int32())),
    "map": pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int32())),
    "nothing": pa.nulls(3),
    "runs": pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["r", None])),
    "flag": pa.array([True, False, None]),
})
feather.write_feather(types.drop_columns(["view", "runs"]), at("types.feather"), compression="zstd")
with pa.ipc.new_stream(at("types.arrows"), types.schema) as w:
    w.write_table(types)

schema = dict(type="record", name="r", namespace="n", fields=[
    dict(name="maybe", type=["null", "long"]), dict(name="wide", type="long"), dict(name="f", type="float"),
    dict(name="s", type=["string", "null"]), dict(name="kind", type=dict(type="enum", name="k", symbols=["A", "B"])),
    dict(name="dec", type=dict(type="bytes", logicalType="decimal", precision=9, scale=3)),
    dict(name="when", type=dict(type="long", logicalType="timestamp-millis")), dict(name="micro", type=["null", dict(type="long", logicalType="timestamp-micros")]),
    dict(name="home", type=["null", dict(type="record", name="h", fields=[dict(name="city", type="string"), dict(name="next", type=["null", "h"])])]),
    dict(name="tags", type=dict(type="array", items="string")), dict(name="m", type=dict(type="map", values="int")),
    dict(name="either", type=["int", "string", "boolean"]), dict(name="fix", type=dict(type="fixed", name="x2", size=2)), dict(name="raw", type="bytes"),
    dict(name="id", type=dict(type="string", logicalType="uuid"))])
utc = dt.timezone.utc
records = [
    dict(maybe=None, wide=2**60 + 1, f=0.5, s="é", kind="B", dec=D("1.250"), when=dt.datetime(2021, 3, 4, 5, 6, 7, tzinfo=utc), micro=None, home=None, tags=["a", "b"], m={"k": 1}, either="x", fix=b"\x01\xff", raw=b"\xfe", id=uuid.UUID(int=5)),
    dict(maybe=7, wide=-3, f=-2.0, s=None, kind="A", dec=D("-0.001"), when=dt.datetime(1969, 12, 31, tzinfo=utc), micro=dt.datetime(2021, 1, 1, 0, 0, 0, 1500, tzinfo=utc), home=dict(city="Ulm", next=dict(city="Linz", next=None)), tags=[], m={}, either=4, fix=b"ab", raw=b"text", id=uuid.UUID(int=6)),
]
for codec in ["snappy", "null"]:
    with open(at(f"types-{codec}.avro"), "wb") as f:
        fastavro.writer(f, schema, records, codec=codec)

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Cover"
sheet["A1"] = "nothing here"
sheet = book.create_sheet("Sales & more")
sheet["B2"] = "Report of 2021"
sheet["B2"].font = Font(bold=True)
sheet.merge_cells("B2:F2")
for k, v in enumerate(["when", "day", "amount", "note", "share", "code"]):
    sheet.cell(4, 2 + k, v)
data = [[dt.datetime(2021, 3, 4, 5, 6, 7), dt.date(2021, 3, 4), 1234.5, "two\nlines & <tag>", 0.25, "007"], [dt.datetime(1999, 12, 31, 23, 59, 59), dt.date(1900, 3, 1), "#N/A", None, "=E5*2", "x"], [None, None, -1, " padded ", 1, None]]
for i, r in enumerate(data):
    for k, v in enumerate(r):
        sheet.cell(5 + i, 2 + k, v)
        if k == 4:
            sheet.cell(5 + i, 2 + k).number_format = "0.0%"
        if k == 0:
            sheet.cell(5 + i, 2 + k).number_format = "yyyy-mm-dd hh:mm:ss"
book.save(at("sales.xlsx"))

if os.path.exists(at("odd.sqlite")):
    os.remove(at("odd.sqlite"))
db = sqlite3.connect(at("odd.sqlite"))
db.execute("pragma page_size = 1024")
db.execute('create table "odd ""name""" (k text, [n m] integer, `big` int, blob_ blob, real_ real, extra default 5, constraint c unique (k))')
db.execute("create table without_id (a text primary key, b) without rowid")
db.execute("create view v as select 1")
db.executemany('insert into "odd ""name""" values (?,?,?,?,?,?)', [("k%d" % i, i if i % 3 else None, 2**55 + i, bytes([i % 256, 255]), i / 4, None) for i in range(300)])
db.execute('insert into "odd ""name""" values (?,?,?,?,?,?)', ("long" * 2000, -1, 5, None, 1e300, "t"))
db.execute('alter table "odd ""name""" add column later text default \'none\'')
db.commit()
db.close()

ods("sheet.ods", {"first": [["a", "b", "c"], [1, None, "x"], '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>l1</text:p><text:p>l2</text:p></table:table-cell></table:table-row>', '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'], "second": [["z"], [dt.date(2020, 2, 29)], ['<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>']]})
