package io.github.defenderreactive.maven;

import io.github.defenderreactive.codegen.Description;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Checks whether a client can be generated from a description, and reports everything that is wrong. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true, requiresProject = false)
public final class CheckMojo extends DescriptionMojo {

    @Override
    void run(Description read) {
        read.check();
        read.notes().forEach(getLog()::info);
    }
}
