# Operators.
arithmetic = a + b * c ** -d // ~e
#- write arithmetic assign value=a + b * c ** -d // ~e
shifts = a << 1 | b & c ^ d
#- write shifts assign value=a << 1 | b & c ^ d
path = root / "name" / file
#- write path assign value=root / "name" / file
compared = a < b
#- write compared assign value=a < b
chain = a < b <= c != d
#- write chain assign value=[< <= !=] a, b, c, d
membership = [a in b, a not in b, a is b, a is not b]
#- write membership assign value=[a in b, a not in b, a is b, a is not b]
negated = not a in b
#- write negated assign value=not a in b
both = a and b and c or d
#- write both assign value=((a and b and c) or d)
#- arm a when=true id=1 parent=0 arm=0
#- arm b when=true id=2 parent=1 arm=0
#- arm (a and b and c) when=false id=3 parent=0 arm=1
choice = a if b else c
#- write choice assign value=(a else c)
#- arm b when=true id=4 parent=0 arm=0
#- arm b when=false id=5 parent=0 arm=1
parenthesised = ((a)).b
#- write parenthesised assign value=a.b
matrix = a @ b
#- write matrix assign value=a @ b
attribute = a.b[c].d(e)[f]
#- write attribute assign value=a.b[c].d(e)[f]
#- call a.b[c].d(e) fate=used
