# A repository with all forms of .gitignore, and files to be ignored by them.
set -e
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git init -q .
git config user.email a@b.c
git config user.name a
put() { mkdir -p "$(dirname "$1")" && echo 'x = 1' >"$1"; }
for file in main.py gen/a.py sub/gen/b.py out/c.py sub/out/d.py keep/e.py keep/f.py log_1.py log_a.py deep/x/y/z.py \
  deep/z.py tracked/t.py tracked/u.py '!odd.py' '#odd.py' 'blank .py' only.py/in.py sub/only.py local.py mine.py \
  sub/again.py sub/deep/again.py a/one/b.py a/b.py weird-b.py; do
  put "$file"
done
cat >.gitignore <<'END'
# a comment
gen/
/out
keep/*
!keep/e.py
log_[0-9].py
deep/**/z.py
tracked/
\!odd.py
\#odd.py
blank\ .py
only.py/
again.py
a/**/b.py
weird-[!a].py
END
printf '!again.py\r\n' >sub/.gitignore
printf 'local.py\n' >>.git/info/exclude
printf 'mine.py\n' >../mine
git config core.excludesFile "$PWD/../mine"
git add -f tracked/t.py main.py
git commit -qm all
