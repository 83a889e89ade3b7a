// stallint: ignore[a, b] the whole function
//- ignore [a, b] line=4 function=1

void f() {
  g();  // stallint: ignore[c]: this line
  //- ignore [c] line=5 reason=this line
  /* stallint: ignore[d] the next code */
  //- ignore [d] line=11 reason=the next code

  // another comment
  h();
  /* stallint: ignore[e] -- here */ k();
  //- ignore [e] line=12 reason=here
  // TODO // stallint: ignore
  //- ignore [] line=16
  m();
  auto text = "// stallint: ignore[no]";
  //! ignore [no]
}

void r() {
  g();  // NOLINT(bugprone-x, google-y): because
  //- foreign [bugprone-x, google-y] line=22 reason=because
  // NOLINTNEXTLINE(a-rule)
  //- foreign [a-rule] line=25 reason=NOLINT
  h();
  // NOLINTBEGIN(b-rule)
  //- foreign [b-rule] line=27-32 reason=NOLINT
  g();
  // NOLINTBEGIN(c-rule)
  //! foreign [c-rule]
  // NOLINTEND(b-rule)
  h();  // NOLINT
  //! foreign
}

template <typename T>  // stallint: ignore[t]
//- ignore [t] function=3
T q() {
  return T();
}
