@echo off
rem Starts the defender command.
rem JAVA_HOME chooses the Java; DEFENDER_JAVA_OPTS holds options of the JVM, such as -Xmx1g.
setlocal
if defined JAVA_HOME set "PATH=%JAVA_HOME%\bin;%PATH%"
set "DEFENDER_JAVA_VERSION=0"
for /f "tokens=3" %%v in ('java -version 2^>^&1 ^| findstr /c:" version "') do set "DEFENDER_JAVA_VERSION=%%~v"
for /f "tokens=1 delims=.-+_" %%m in ("%DEFENDER_JAVA_VERSION%") do set "DEFENDER_JAVA_VERSION=%%m"
if %DEFENDER_JAVA_VERSION% LSS 17 (
  echo defender: Java 17 or newer was not found. Install it, or set JAVA_HOME to its folder 1>&2
  exit /b 1
)
java %DEFENDER_JAVA_OPTS% -jar "%~dp0..\defender.jar" %*
exit /b %ERRORLEVEL%
