# Annotations are expressions, in quotes too; of what stands in them only calls in those of parameters run.
def annotated(
#- function annotated(a: Path, b: Optional[Item], c: Annotated[Session, Depends(get_session), "text"], d: Literal["r", "w"], e: dict[str, list[models.Item]]={}, f: list[Item] | None=None, g: int | None=None, h: Callable[[Item], None]=noop, i: a.b.C[int].D=None, j: "not a type!"=None, k: "Wide | Other"=None, l: Tall[int]=None, *args: int, **kwargs: Unpack[Options]) -> Iterator[Item] id=1 parent=0
    a: "Path",
    b: 'Optional["Item"]',
    c: Annotated[Session, Depends(get_session), "text"],
    #- call Depends(get_session) fate=kept
    d: Literal["r", "w"],
    e: "dict[str, list[models.Item]]" = {},
    f: list["Item"] | None = None,
    g: "int | None" = None,
    h: Callable[["Item"], None] = noop,
    i: a.b.C[int].D = None,
    j: "not a type!" = None,
    k: (
        "Wide | "
        "Other"
    ) = None,
    l: """
        Tall[
            int
        ]
    """ = None,
    *args: "int",
    **kwargs: Unpack["Options"],
) -> "Iterator['Item']":
    x: "Path" = make()
    #- write x assign value=make() annotation=Path
    #- call make() fate=local into=x
    y: Annotated["Session", Depends(get_session)] = make()
    #! call Depends(get_session)
    #- write y assign value=make() annotation=Annotated[Session, Depends(get_session)]
    #- call make() fate=local into=y
    z: Literal["a"] = "a"
    #- write z assign value="a" annotation=Literal["a"]


def types(a: int | str, b: tuple[int, ...], c: list[list[int]], d: "typing.List[int]", e: None): ...
#- function types(a: int | str, b: tuple[int, ...], c: list[list[int]], d: typing.List[int], e: None) id=2 parent=0 trivial


type Lazy = Annotated[str, Predicate(check)]
#! call
#- write Lazy assign value=Annotated[str, Predicate(check)]
later: Annotated[str, Predicate(check)]
#! call
#- write later declare annotation=Annotated[str, Predicate(check)]
