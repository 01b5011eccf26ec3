package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

const (
	configName = "isnad.yaml"
	envPrefix  = "ISNAD_"

	// settingAnnotation marks a flag with the key of the setting it sets.
	settingAnnotation = "isnad_setting"
)

// bind adds a flag that sets the setting called key. The flag's default is the setting's.
func bind(flags *pflag.FlagSet, key, name, short, usage string) {
	scratch := defaults()
	s := scratch.lookup(key)
	f := flags.VarPF(s.value, name, short, usage)
	if s.value.Type() == "bool" {
		f.NoOptDefVal = "true"
	}
	cobra.CheckErr(flags.SetAnnotation(name, settingAnnotation, []string{key}))
}

// configure fills a.config: flags over environment over settings file over
// defaults. Errors name the key, where it stands, and what is allowed.
func (a *app) configure(flags *pflag.FlagSet, environ []string) error {
	v := viper.New()
	named, _ := flags.GetString("config")
	file, err := readConfig(v, named)
	if err != nil {
		return err
	}
	a.warnEnv(environ)
	bound := map[string]*pflag.Flag{}
	flags.VisitAll(func(f *pflag.Flag) {
		if keys := f.Annotations[settingAnnotation]; len(keys) == 1 {
			bound[keys[0]] = f
		}
	})
	cfg := defaults()
	origins := map[string]string{}
	for _, s := range cfg.settings() {
		if f := bound[s.key]; f != nil && f.Changed {
			err = v.BindPFlag(s.key, f)
			origins[s.key] = "flag --" + f.Name
		} else if _, set := os.LookupEnv(envName(s.key)); set {
			err = v.BindEnv(s.key, envName(s.key))
			origins[s.key] = "environment " + envName(s.key)
		} else if v.IsSet(s.key) {
			origins[s.key] = "file " + file
		} else {
			origins[s.key] = "default"
			continue
		}
		if err == nil {
			err = assign(s.value, v.Get(s.key))
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", origins[s.key], s.key, err)
		}
	}
	if err := cfg.Validate(); err != nil {
		return err
	}
	a.config, a.origins, a.settings = cfg, origins, file
	return nil
}

// readConfig reads the settings file into v and returns its path: the one named,
// or isnad.yaml in the working folder, else in the user's config folder. No file
// is no error unless one was named.
func readConfig(v *viper.Viper, named string) (string, error) {
	v.AllowEmptyEnv(true)
	path := named
	if path == "" {
		path = os.Getenv(envPrefix + "CONFIG")
	}
	if path == "" {
		path = findConfig()
	}
	if path == "" {
		return "", nil
	}
	v.SetConfigFile(path)
	v.SetConfigType("yaml")
	if err := v.ReadInConfig(); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("settings file %s does not exist", path)
		}
		return "", fmt.Errorf("settings file %s: %w", path, err)
	}
	known := defaults()
	for _, key := range v.AllKeys() {
		if known.lookup(key) == nil {
			return "", fmt.Errorf("settings file %s: unknown key %q; allowed are %s", path, key, strings.Join(keys(), ", "))
		}
	}
	return path, nil
}

// findConfig returns the first isnad.yaml that exists, or "".
func findConfig() string {
	folders := []string{"."}
	if dir, err := os.UserConfigDir(); err == nil {
		folders = append(folders, filepath.Join(dir, "isnad"))
	}
	for _, dir := range folders {
		path := filepath.Join(dir, configName)
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// warnEnv says which ISNAD_ variables mean nothing. They are no error: others,
// such as a container's scheduler, may set variables with this prefix.
func (a *app) warnEnv(environ []string) {
	known := []string{envPrefix + "CONFIG"}
	for _, key := range keys() {
		known = append(known, envName(key))
	}
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, envPrefix) && !slices.Contains(known, name) {
			fmt.Fprintf(a.err, "isnad: warning: environment %s: no such setting; see 'isnad config'\n", name)
		}
	}
}

// assign gives a setting what viper found, which is text from flags and the
// environment and any YAML value from a file.
func assign(to value, found any) error {
	switch found := found.(type) {
	case []any:
		list, ok := to.(*listValue)
		if !ok {
			return fmt.Errorf("a list where one value is expected")
		}
		var names []string
		for _, item := range found {
			names = append(names, fmt.Sprint(item))
		}
		return list.setList(names)
	case map[string]any:
		return fmt.Errorf("keys where one value is expected")
	case nil:
		return to.Set("")
	default:
		return to.Set(fmt.Sprint(found))
	}
}

func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// keys returns the keys of all settings.
func keys() []string {
	c := defaults()
	var out []string
	for _, s := range c.settings() {
		out = append(out, s.key)
	}
	return out
}
