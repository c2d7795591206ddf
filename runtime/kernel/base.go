package kernel

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// coding is a way to write bytes as text.
type coding struct {
	name   string
	encode func(s string, pad bool) string
	decode func(s string, pad bool) (string, error)
	upper  bool // its letters have a case, which is upper by default
}

var (
	hexExtended = base32.NewEncoding("0123456789ABCDEFGHIJKLMNOPQRSTUV")
	codings     = []coding{
		{"16", func(s string, _ bool) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }, func(s string, _ bool) (string, error) {
			b, err := hex.DecodeString(s)
			return string(b), err
		}, true},
		base32Coding("32", base32.StdEncoding), base32Coding("hex_32", hexExtended),
		base64Coding("64", base64.StdEncoding), base64Coding("url_64", base64.URLEncoding),
	}
)

func base32Coding(name string, e *base32.Encoding) coding {
	with := func(pad bool) *base32.Encoding {
		if pad {
			return e
		}
		return e.WithPadding(base32.NoPadding)
	}
	return coding{name, func(s string, pad bool) string { return with(pad).EncodeToString([]byte(s)) }, func(s string, pad bool) (string, error) {
		b, err := with(pad).DecodeString(s)
		return string(b), err
	}, true}
}

func base64Coding(name string, e *base64.Encoding) coding {
	with := func(pad bool) *base64.Encoding {
		if pad {
			return e
		}
		return e.WithPadding(base64.NoPadding)
	}
	return coding{name, func(s string, pad bool) string { return with(pad).EncodeToString([]byte(s)) }, func(s string, pad bool) (string, error) {
		b, err := with(pad).DecodeString(s)
		return string(b), err
	}, false}
}

func baseNatives() []*lang.Native {
	var out []*lang.Native
	for _, c := range codings {
		out = append(out,
			&lang.Native{Name: "Base/" + c.function("encode"), Min: 1, Max: 2, Args: "data, opts \\\\ []", Pure: c.encoder(), Doc: "data in base " + c.name + ". Base.encode16(\"hi\") #=> \"6869\""},
			&lang.Native{Name: "Base/" + c.function("decode"), Min: 1, Max: 2, Args: "string, opts \\\\ []", Pure: func(args []lang.Value) lang.Value {
				s, err := c.decoded(args)
				if err != nil {
					return errorAtom
				}
				return ok(lang.Str(s))
			}, Doc: "{:ok, data} of base " + c.name + ", or :error."},
			&lang.Native{Name: "Base/" + c.function("decode") + "!", Min: 1, Max: 2, Args: "string, opts \\\\ []", Pure: func(args []lang.Value) lang.Value {
				s, err := c.decoded(args)
				if err != nil {
					argumentError(err.Error())
				}
				return lang.Str(s)
			}, Doc: "data of base " + c.name + "."})
	}
	return out
}

// function gives the name of encode or decode: encode16, url_encode64.
func (c coding) function(what string) string {
	variant, base, found := strings.Cut(c.name, "_")
	if !found {
		return what + c.name
	}
	return variant + "_" + what + base
}

func withPadding(opts lang.Value) bool { return option(opts, "padding", lang.True).Truthy() }

func (c coding) encoder() pure {
	return func(args []lang.Value) lang.Value {
		opts := optionsArg(args, 1)
		s := c.encode(binaryArg("Base", c.function("encode"), args, 0), withPadding(opts))
		if c.upper && option(opts, "case", lang.K("upper")) == lang.K("lower") {
			s = strings.ToLower(s)
		}
		return lang.Str(s)
	}
}

// decoded reads a text in the case that the options say.
func (c coding) decoded(args []lang.Value) (string, error) {
	s, opts := binaryArg("Base", c.function("decode"), args, 0), optionsArg(args, 1)
	if option(opts, "ignore", lang.Nil) == lang.K("whitespace") {
		s = strings.Join(strings.Fields(s), "")
	}
	if c.upper {
		switch option(opts, "case", lang.K("upper")) {
		case lang.K("lower"):
			s = swapCase(s)
		case lang.K("mixed"):
			s = strings.ToUpper(s)
		}
		for i := 0; i < len(s); i++ {
			if s[i] >= 'a' && s[i] <= 'z' {
				return "", nonAlphabet(s[i])
			}
		}
	}
	out, err := c.decode(s, withPadding(opts) && strings.Contains(s, "="))
	if err == nil && withPadding(opts) && !strings.Contains(s, "=") && c.encode(out, true) != s {
		err = errors.New("incorrect padding")
	}
	if err == nil {
		return out, nil
	}
	if c.name != "16" && len(s)%4 != 0 {
		return "", errors.New("incorrect padding")
	}
	for i := 0; i < len(s); i++ {
		if _, bad := c.decode(strings.Repeat(s[i:i+1], 8), false); bad != nil && s[i] != '=' {
			return "", nonAlphabet(s[i])
		}
	}
	if c.name == "16" {
		return "", fmt.Errorf("string given to decode has wrong length. An even number of bytes was expected, got: %d. Double check your string for unwanted characters or pad it accordingly", len(s))
	}
	return "", errors.New("incorrect padding")
}

func nonAlphabet(c byte) error {
	return fmt.Errorf("non-alphabet character found: %s (byte %d)", inspectPlain(nil, lang.Str(string([]byte{c}))), c)
}

// swapCase turns small letters into capitals and the other way.
func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

// hashes are the hash functions of :crypto.
var hashes = map[string]func([]byte) []byte{
	"md5":    func(b []byte) []byte { h := md5.Sum(b); return h[:] },
	"sha":    func(b []byte) []byte { h := sha1.Sum(b); return h[:] },
	"sha224": func(b []byte) []byte { h := sha256.Sum224(b); return h[:] },
	"sha256": func(b []byte) []byte { h := sha256.Sum256(b); return h[:] },
	"sha384": func(b []byte) []byte { h := sha512.Sum384(b); return h[:] },
	"sha512": func(b []byte) []byte { h := sha512.Sum512(b); return h[:] },
}

func hashOf(name string, v lang.Value) lang.Value {
	s, ok := iodata(v)
	f := hashes[name]
	if !ok || f == nil {
		lang.RaiseReason(lang.K("badarg"))
	}
	return lang.Str(string(f([]byte(s))))
}

func cryptoNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "crypto/hash", Min: 2, Max: 2, Deep: arg1, Args: "type, data", Pure: two(func(name, v lang.Value) lang.Value { return hashOf(atomArg(name), v) }), Doc: "The hash of data: :md5, :sha, :sha256, :sha512."},
		{Name: "crypto/strong_rand_bytes", Min: 1, Max: 1, Args: "n", Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			b := make([]byte, erlangSize(args[0], 0))
			for i := range b {
				b[i] = byte(p.Random())
			}
			return lang.Str(string(b))
		}, Doc: "n random bytes, of the process's own stream."},
	}
}
