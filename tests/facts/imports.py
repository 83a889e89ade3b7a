# Imports, one fact for each name.
from __future__ import annotations
#- import __future__ name=annotations as=annotations

import os
#- import os as=os
import a.b.c
#- import a.b.c as=a
import a.b.c as abc, os.path
#- import a.b.c as=abc aliased
#- import os.path as=os
from .store import load as get, save
#- import .store name=load as=get aliased
#- import .store name=save as=save
from ...far.away import thing
#- import ...far.away name=thing as=thing
from . import sibling
#- import . name=sibling as=sibling
from .. import (one, two as deux,)
#- import .. name=one as=one
#- import .. name=two as=deux aliased
from package import *
#- import package star


def late():
#- function late() id=1 parent=0
    import json
    #- import json as=json
    from .models import Item
    #- import .models name=Item as=Item


if TYPE_CHECKING:
    from .types import Only
    #- arm TYPE_CHECKING when=true id=1 parent=0 arm=0
    #- import .types name=Only as=Only type-checking block=1

    if other:
        import nested.only
        #- arm other when=true id=2 parent=1 arm=0
        #- import nested.only as=nested type-checking block=2
elif more:
#- arm TYPE_CHECKING when=false id=3 parent=0 arm=1
    import not_only
    #- arm more when=true id=4 parent=3 arm=0
    #- import not_only as=not_only block=4

import after
#- import after as=after
