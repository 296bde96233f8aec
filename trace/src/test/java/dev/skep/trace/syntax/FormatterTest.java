package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts in canonical form. */
class FormatterTest {
    @Test
    void all_of_the_language_has_its_form() {
        assertThat(RoundTrip.check("""
                        #!/usr/bin/env bpftrace
                        #include <linux/sched.h>
                        #define A 1
                        struct s {
                            int x;
                        };
                        import "stdlib/thing" ;
                        config={stack_mode=perf;max_map_keys=2}
                        let @m=hash( 100 );
                        macro add( $a,@b ,c){$a+=c;@b+c}
                        macro none(){exit();}
                        fn f($a:uint8 , $b : struct x*):void{return;}
                        BEGIN{printf("hi\\n");;}
                        """.replace(";;", ";") + """
                        one=kprobe : vfs_*,uprobe:/bin/"a b":"x"$1 /pid==1&&(comm=="a"||!uid)/{
                          @x[pid,comm]=count();@y[(1,)]++;--$z;$a=((1+2)*3)-(4-5);
                          if(1){$x=1}else if(2){}else{$y=(2)}
                          while($i<3){$i++;break}unroll(5){continue}
                          for($kv:@m){print(($kv.0,$kv.1->x))}for $i:0..(1+2){}
                          let $t:uint8[4];let $u=(struct task_struct**)curtask;_=has_key(@m,1);
                          $v={let $q=1;$q+1};$w=if($a){1}else if $b{2}else{3};$r=(a=1,b="x");
                          $s=$a?1:$b?2:3;$p=- -1;$o=*(uint8*)&$a;$n=sizeof(struct s)+offsetof(struct s,x.y);
                          if comptime (typeinfo($a).0=="int"){}
                        }
                        """)).isEqualTo("""
                        #!/usr/bin/env bpftrace
                        #include <linux/sched.h>
                        #define A 1
                        struct s {
                            int x;
                        };
                        import "stdlib/thing";

                        config = {
                          stack_mode = perf;
                          max_map_keys = 2;
                        }

                        let @m = hash(100);

                        macro add($a, @b, c) {
                          $a += c;
                          @b + c
                        }

                        macro none() {
                          exit();
                        }

                        fn f($a: uint8, $b: struct x *): void {
                          return;
                        }

                        BEGIN {
                          printf("hi\\n");
                        }

                        one=kprobe:vfs_*,
                        uprobe:/bin/"a b":"x"$1
                        /pid == 1 && (comm == "a" || !uid)/ {
                          @x[pid, comm] = count();
                          @y[(1,)]++;
                          --$z;
                          $a = (1 + 2) * 3 - (4 - 5);
                          if (1) {
                            $x = 1;
                          } else if (2) {
                          } else {
                            $y = 2;
                          }
                          while ($i < 3) {
                            $i++;
                            break;
                          }
                          unroll (5) {
                            continue;
                          }
                          for ($kv : @m) {
                            print(($kv.0, $kv.1.x));
                          }
                          for ($i : 0..(1 + 2)) {
                          }
                          let $t: uint8[4];
                          let $u = (struct task_struct **)curtask;
                          _ = has_key(@m, 1);
                          $v = {
                            let $q = 1;
                            $q + 1
                          };
                          $w = if ($a) { 1 } else if ($b) { 2 } else { 3 };
                          $r = (a=1, b="x");
                          $s = $a ? 1 : $b ? 2 : 3;
                          $p = - -1;
                          $o = *(uint8 *)&$a;
                          $n = sizeof(struct s) + offsetof(struct s, x.y);
                          if comptime (typeinfo($a).0 == "int") {
                          }
                        }
                        """);
    }

    @Test
    void comments_stay_where_they_belong() {
        assertThat(RoundTrip.check("""
                        /*
                         * A header.
                         *   Indented.
                         */
                        // before


                        begin // on the probe
                        {   // on the brace
                            // first
                            $x = 1;   // after x
                            /* before y
                               second line */
                            $y = /* within y */ 2;

                            if (1 /* condition */) { // then
                            } else { /* empty */ }
                            // last
                        } // after begin
                        // end
                        """)).isEqualTo("""
                        /*
                         * A header.
                         *   Indented.
                         */
                        // before

                        // on the probe
                        begin {
                          // on the brace
                          // first
                          $x = 1; // after x
                          /* before y
                             second line */
                          // within y
                          $y = 2;

                          /* condition */
                          if (1) {
                            // then
                          } else {
                            /* empty */
                          }
                          // last
                        } // after begin
                        // end
                        """.replace("// within y", "/* within y */"));
    }

    @Test
    void calls_that_are_too_long_have_their_arguments_on_several_lines() {
        String name = "a_variable_with_a_rather_long_name";
        String formatted = RoundTrip.check("begin { printf(\"%d %d %d %d\\n\", $" + name + "1, $" + name + "2, $" + name
                + "3, $" + name + "4); }");
        assertThat(formatted.lines()).hasSize(5).allMatch(line -> line.length() < 100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin { ({ 1 }); ({ 1 }) + 2; (if (1) { 2 } else { 3 }); { 4 } }",
                "begin { $x = 1 / ({ 2 }); $y = -({ 1 }); $z = ({ $a = 1; $a }).0; }",
                "begin { (1 ? 2 : 3) ? 4 : 5; 1 ? 2 ? 3 : 4 : 5; (1 + 2) ? 3 : 4; }",
                "begin { (foo)(-1); (foo) & 1; (foo)&$x; (FOO)(-1); (foo)*$x; (FOO)*$x; (foo *)-1; ((uint8)1).x; (uint8)$x.y; }",
                "begin { 1 - (2 - 3); (1 - 2) - 3; 1 * (2 + 3); 1 << 2 << 3; 1 << (2 << 3); !(1 == 2); ~-1; - --$x; }",
                "begin { @x[(1, 2)]; @x[()]; @x[((1, 2),)]; @x[(1, 2), 3]; @x[1][2].3.a.b; *(*$a).b; (*$a)[1]; }",
                "begin { for ($i : ((uint8)1)..-$n) { } for ($i : (1 ? 2 : 3)..{ 4 }) { } }",
                "macro m(x) { if (x) { 1 } else { 2 } } macro n(x) { if (x) { 1; } else { 2 } } macro o() { { 1 } }",
                "macro p() { { 1; } } macro q() { if (1) { exit() } } macro r(x) { $y = x; }",
                "begin { if (1) { 2 } else if (3) { 4 } } end { if (1) { 2 } else { 3 } }",
                "begin { $x = if comptime (1) { 2 } else { 3 }; $y = comptime (1 + 2) * 3; $z = comptime 4; }",
                "kprobe:f / *$x / { } k:g /$x / 2/ { }",
                "uprobe:\"a\\\"b\\\\c\\n\":f { } k:f+0x10, t:*:*, usdt:./x:a:b { }",
                "import \"\\303\\244\"; begin { print(\"\\303\\244 \\x41\"); import \"a\"; }",
                "// only a comment",
                "#define X /* a\n b */ 1\n#if X\nbegin { } // c\n#endif /* d */",
                "begin { f(/* a */ 1, // b\n 2 /* c */); }",
                "begin { $x = { // a\n 1 // b\n }; $y = { /* c */ 2 }; }",
                "config = { // a\n x = 1; // b\n // c\n y = 2 // d\n }",
                "begin { if (1) { } /* a */ else /* b */ if /* c */ (2) { /* d */ } }",
                "kprobe: /* a */ f, // b\n k:g // c\n /1/ // d\n { }",
                "begin {\n\n\n  1;\n\n\n\n  2;\n\n}",
                "struct a { /* x */ int b; // y\n }; /* z */ begin { }",
                "",
            })
    void formatting_changes_nothing_that_a_script_means(String script) {
        assertThat(RoundTrip.check(script)).isNotNull();
    }

    @NeedsTool("bpftrace")
    @ParameterizedTest
    @MethodSource("tools")
    void the_tools_of_bpftrace_keep_their_meaning(Path tool) throws IOException {
        assertThat(RoundTrip.check(Files.readString(tool))).isNotEmpty();
    }

    /** Debian 12 installs them as programs, others below {@code share}. */
    static List<Path> tools() throws IOException {
        for (String directory : List.of("/usr/share/bpftrace/tools", "/usr/sbin")) {
            if (Files.isDirectory(Path.of(directory))) {
                try (Stream<Path> files = Files.list(Path.of(directory))) {
                    List<Path> found = files.filter(file -> file.toString().endsWith(".bt"))
                            .toList();
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return List.of();
    }
}
