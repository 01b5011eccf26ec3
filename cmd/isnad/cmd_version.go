package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is the release; the build may set it with -ldflags "-X main.version=…".
var version = "0.1.0-dev"

func newVersion(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program, the extractor and the ontology",
		Long: `Prints the version of the program and the commit it was built from, and of the
extractor and the ontology, which change with the user's own ontology files. Articles
that another extractor read are read again by the next build.`,
		Example: "  isnad version --json",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.printVersion() },
	}
	bindOntology(cmd)
	return cmd
}

func (a *app) printVersion() error {
	ont, err := a.ontology()
	if err != nil {
		return err
	}
	x, err := a.extractor()
	if err != nil {
		return err
	}
	sum := sha256.Sum256(ont.Bytes())
	commit, goVersion := buildInfo()
	info := struct {
		Version   string `json:"version"`
		Commit    string `json:"commit"`
		Go        string `json:"go"`
		Extractor string `json:"extractor"`
		Ontology  string `json:"ontology"`
	}{version, commit, goVersion, x.Version(), hex.EncodeToString(sum[:6])}
	if a.config.JSON {
		return a.printJSON(info)
	}
	_, err = fmt.Fprintf(a.out, "isnad      %s\ncommit     %s\ngo         %s\nextractor  %s\nontology   %s\n",
		info.Version, info.Commit, info.Go, info.Extractor, info.Ontology)
	return err
}

// buildInfo returns the commit the program was built from, marked if the tree had
// changes, and the Go version.
func buildInfo() (commit, goVersion string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown", "unknown"
	}
	commit = "unknown"
	changed := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				changed = " (changed)"
			}
		}
	}
	return commit + changed, info.GoVersion
}
