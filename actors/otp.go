package actors

import (
	"embed"

	"github.com/conc-repl/conc-repl/lang"
)

// otp is OTP's modules in Elixir notation.
//
//go:embed otp/*.ex
var otp embed.FS

// otpSources gives the texts of otp.
func otpSources() []*lang.Source {
	entries, err := otp.ReadDir("otp")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	var out []*lang.Source
	for _, e := range entries {
		text, err := otp.ReadFile("otp/" + e.Name())
		if err != nil {
			panic(err)
		}
		out = append(out, &lang.Source{Name: e.Name(), Text: string(text), Library: true})
	}
	return out
}
