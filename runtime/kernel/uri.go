package kernel

import (
	"net/url"
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// uriNatives are URI.
func uriNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "URI/encode", Min: 1, Max: 2, Args: "string", Pure: func(args []lang.Value) lang.Value {
			return lang.Str(percent(binaryArg("URI", "encode", args, 0), unreserved+":/?#[]@!$&'()*+,;="))
		}, Doc: "string with what may not stand in a URI as %XX. URI.encode(\"a b\") #=> \"a%20b\""},
		{Name: "URI/encode_www_form", Min: 1, Max: 1, Args: "string", Pure: func(args []lang.Value) lang.Value {
			return lang.Str(wwwForm(binaryArg("URI", "encode_www_form", args, 0)))
		}, Doc: "string as the value of a form. URI.encode_www_form(\"a b&\") #=> \"a+b%26\""},
		{Name: "URI/decode", Min: 1, Max: 1, Args: "uri", Pure: decodeURI("decode", url.PathUnescape), Doc: "uri with %XX as characters. URI.decode(\"a%20b\") #=> \"a b\""},
		{Name: "URI/decode_www_form", Min: 1, Max: 1, Args: "string", Pure: decodeURI("decode_www_form", url.QueryUnescape), Doc: "The value of a form as text. URI.decode_www_form(\"a+b\") #=> \"a b\""},
		{Name: "URI/encode_query", Min: 1, Max: 2, Deep: arg0, Args: "enumerable", Pure: encodeQuery, Doc: "Pairs as a query. URI.encode_query(%{\"a\" => 1}) #=> \"a=1\""},
		{Name: "URI/decode_query", Min: 1, Max: 2, Args: "query", Pure: decodeQuery, Doc: "The map of a query. URI.decode_query(\"a=1\") #=> %{\"a\" => \"1\"}"},
		{Name: "URI/parse", Min: 1, Max: 1, Args: "uri", Pure: parseURI, Doc: "The parts of a URI, a struct."},
		{Name: "URI/new!", Min: 1, Max: 1, Args: "uri", Pure: parseURI, Doc: "The parts of a URI, a struct."},
		{Name: "URI/to_string", Min: 1, Max: 1, Args: "uri", Pure: one(func(v lang.Value) lang.Value {
			m, _ := v.Obj().(*lang.Map)
			s, _ := uriText(m)
			return lang.Str(s)
		}), Doc: "A URI as text."},
	}
}

const unreserved = "-._~"

// uriFields are the fields of %URI{} in their order. Elixir shows all but
// authority, which is deprecated, unless it is set.
var uriFields = []string{"scheme", "authority", "userinfo", "host", "port", "path", "query", "fragment"}

// percent writes bytes other than letters, digits and those in keep as %XX.
func percent(s, keep string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; digitOf(c) < 36 || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		}
	}
	return b.String()
}

func wwwForm(s string) string { return strings.ReplaceAll(percent(s, unreserved+" "), " ", "+") }

func decodeURI(name string, f func(string) (string, error)) pure {
	return func(args []lang.Value) lang.Value {
		s, err := f(binaryArg("URI", name, args, 0))
		if err != nil {
			argumentError("malformed URI " + inspectPlain(nil, args[0]))
		}
		return lang.Str(s)
	}
}

func encodeQuery(args []lang.Value) lang.Value {
	var parts []string
	lang.Iterate(args[0], func(x lang.Value) bool {
		e, ok := x.Obj().(*lang.Vector)
		if !ok || e.Len() != 2 {
			noClause("URI", "encode_query", args)
		}
		k, _ := textOf(e.Nth(0))
		v, _ := textOf(e.Nth(1))
		parts = append(parts, wwwForm(k)+"="+wwwForm(v))
		return true
	})
	return lang.Str(strings.Join(parts, "&"))
}

func decodeQuery(args []lang.Value) lang.Value {
	out := lang.EmptyErlangMap
	for pair := range strings.SplitSeq(binaryArg("URI", "decode_query", args, 0), "&") {
		if pair == "" {
			continue
		}
		k, v, _ := strings.Cut(pair, "=")
		key, e1 := url.QueryUnescape(k)
		val, e2 := url.QueryUnescape(v)
		if e1 != nil || e2 != nil {
			argumentError("malformed URI " + inspectPlain(nil, args[0]))
		}
		out = out.Assoc(lang.Str(key), lang.Str(val))
	}
	return lang.Obj(out)
}

// schemePorts are the ports that schemes have by themselves.
var schemePorts = map[string]int64{"http": 80, "https": 443, "ftp": 21, "ws": 80, "wss": 443, "ldap": 389, "sftp": 22, "tftp": 69}

func parseURI(args []lang.Value) lang.Value {
	u, err := url.Parse(binaryArg("URI", "parse", args, 0))
	if err != nil {
		argumentError("malformed URI " + inspectPlain(nil, args[0]))
	}
	orNil := func(s string) lang.Value {
		if s == "" {
			return lang.Nil
		}
		return lang.Str(s)
	}
	port := lang.Nil
	if p, ok := smallPort(u.Port()); ok {
		port = lang.Int(p)
	} else if p, ok := schemePorts[u.Scheme]; ok {
		port = lang.Int(p)
	}
	user, authority := "", u.Host
	if u.User != nil {
		user = u.User.String()
		authority = user + "@" + u.Host
	}
	values := []lang.Value{orNil(u.Scheme), orNil(authority), orNil(user), orNil(u.Hostname()), port, orNil(u.EscapedPath()), orNil(u.RawQuery), orNil(u.EscapedFragment())}
	m := newStruct("URI")
	for i, f := range uriFields {
		m = m.Assoc(lang.K(f), values[i])
	}
	return lang.Obj(m)
}

func smallPort(s string) (int64, bool) {
	n := int64(0)
	for _, c := range []byte(s) {
		n = n*10 + int64(c-'0')
	}
	return n, s != ""
}

// uriText gives a URI as text.
func uriText(m *lang.Map) (string, bool) {
	get := func(name string) string {
		s, _ := textOf(m.GetKw(lang.InternKeyword("", name)))
		return s
	}
	var b strings.Builder
	if s := get("scheme"); s != "" {
		b.WriteString(s + ":")
	}
	if host := get("host"); host != "" {
		b.WriteString("//")
		if user := get("userinfo"); user != "" {
			b.WriteString(user + "@")
		}
		b.WriteString(host)
		if port := m.GetKw(lang.InternKeyword("", "port")); port.IsInt() && schemePorts[get("scheme")] != port.AsInt() {
			b.WriteString(":" + lang.String(port))
		}
	}
	b.WriteString(get("path"))
	if q := get("query"); q != "" {
		b.WriteString("?" + q)
	}
	if f := get("fragment"); f != "" {
		b.WriteString("#" + f)
	}
	return b.String(), true
}
