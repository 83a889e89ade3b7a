# Literals and text.
values = [None, True, False, ..., 10_000, 0xFF, 1.5e3, 2j, -1]
#- write values assign value=[None, True, False, ..., 10000, 0xFF, 1.5e3, 2j, -1]
texts = ["plain", 'single', r"raw\d", "line\nquote\"", b"bytes", u"old", "\x41\u00e9\101"]
#- write texts assign value=["plain", "single", "raw\\d", "line\nquote\"", b"bytes", "old", "AéA"]
triple = """on "one" line"""
#- write triple assign value="on \"one\" line"
continued = "one \
two"
joined = "one" 'two' r"\d"
#- write joined assign value="onetwo\\d"
split = ("one"
#- write split assign value="onetwo"
         "two")
added = "one" + "two"
#- write added assign value="one" + "two"
formatted = f"a {x} b {call(y)!r:>{width()}} {z=} c"
#- write formatted assign value=format"a b c"{x, call(y), width(), z}
#- call call(y) fate=used
#- call width() fate=used
nested = f"{f'{inner(1)}' + "quoted {x}"}"
#- write nested assign value=format""{format""{inner(1)} + "quoted {x}"}
#- call inner(1) fate=used
mixed = "plain " f"{x}" " tail"
#- write mixed assign value=format"plain tail"{x}
percent = "select %s from %(table)s where 5%%" % (column, table())
#- write percent assign value=format"select from where 5"{column, table()}
#- call table() fate=used
percent_one = "id %d" % number
#- write percent_one assign value=format"id "{number}
percent_chain = "a %s" % x + "b"
#- write percent_chain assign value=format"a "{x} + "b"
method = "a {} b {}".format(x, call(1))
#- write method assign value="a {} b {}".format(x, call(1))
#- call "a {} b {}".format(x, call(1)) fate=kept into=method
#- call call(1) fate=passed
template = t"hello {name()}"
#- write template assign value=format"hello "{name()}
#- call name() fate=used
modern = f"{'\n'.join(lines)} {rows["key"]}"
#- write modern assign value=format" "{"\n".join(lines), rows["key"]}
#- call "\n".join(lines) fate=used
lines = f"{
    call(
    #- call call(2) fate=used
        2
    )
}"
table = {"a": one(), **more(), 1: 2}
#- write table assign value={"a": one(), **more(), 1: 2}
#- call one() fate=used
#- call more() fate=used
slices = rows[1:n, ::2, :, ...]
#- write slices assign value=rows[slice a:b<1, n>, slice ::c<2>, slice :<>, ...]
empty = [(), [], {}, "", (1,)]
#- write empty assign value=[(), [], {}, "", (1,)]
rate = 1_000.5
#- write rate assign value=1000.5
imaginary = 3J
#- write imaginary assign value=3J
walk = rows[key := make()]
#- write walk assign value=rows[(key := make())]
#- write key assign value=make()
#- call make() fate=kept into=key
names = [变量, naïve]
#- write names assign value=[变量, naïve]
